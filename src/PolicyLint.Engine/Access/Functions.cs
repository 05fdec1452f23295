using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>What decides about invocations of Lambda functions: a policy made of permissions, each a resource of its own
/// (semantics 2.4, 8.5).</summary>
internal sealed class Functions(Fields fields, StatedPolicies policies)
{
    private const string Name = "the function policy";

    public World WorldOf(Resource function, Scenario scenario)
    {
        var permissions = fields.ReadAll(function, function.Kind!.Fields["permissions"]!, scenario);
        var stated = permissions.Where(p => p.Holder != function).Select(p => StatementOf(p.Holder, function, scenario)).ToImmutableArray();
        var open = permissions is [{ Value: Value.Unknown unknown }, ..] ? unknown.Why
            : function.Created is not Truth.Yes ? $"`{function.Address}` was there before and may have permissions that the input does not show" : "";
        return new World(function.Stack.Surroundings.Account, new PolicySet(Name, stated, open));
    }

    /// <summary>What AddPermission writes: a service, an account's root or an ARN as principal, each restriction as a condition.</summary>
    private Policy StatementOf(Resource permission, Resource function, Scenario scenario)
    {
        var at = permission.Location;
        var principal = Of("Principal", "principal");
        return policies.Made(
            permission, at, ("Effect", Value.Of(at, "Allow")),
            ("Principal", PrincipalOf(principal)),
            ("Action", Of("Action", "action")),
            ("Resource", ResourceOf(permission, function, scenario)),
            ("Condition", new Value.Map(at, Conditions())));

        Value Of(string cloudFormation, string terraform) =>
            scenario.Read(permission.Properties[permission.Format is Format.CloudFormation ? cloudFormation : terraform]);

        ImmutableArray<Value.Field> Conditions() =>
        [
            .. Condition("ArnLike", "AWS:SourceArn", Of("SourceArn", "source_arn")),
            .. Condition("StringEquals", "AWS:SourceAccount", Of("SourceAccount", "source_account")),
            .. Condition("StringEquals ", "aws:PrincipalOrgID", Of("PrincipalOrgID", "principal_org_id")),
            .. Condition("StringEquals  ", "lambda:EventSourceToken", Of("EventSourceToken", "event_source_token")),
            .. Condition("StringEquals   ", "lambda:FunctionUrlAuthType", Of("FunctionUrlAuthType", "function_url_auth_type")),
            .. Condition("Bool", "lambda:InvokedViaFunctionUrl", Of("InvokedViaFunctionUrl", "invoked_via_function_url")),
        ];

        static IEnumerable<Value.Field> Condition(string @operator, string key, Value value) => value is Value.Absent or Value.Str { Text.Known: "" }
            ? []
            : [new Value.Field(@operator.TrimEnd(), value.Location, new Value.Map(value.Location, [new(key, value.Location, value)]))];
    }

    private static Value PrincipalOf(Value principal)
    {
        if (principal is not Value.Str { Text: var text } || text.Known is "*") return principal;
        var type = text.Known is { } known && !known.StartsWith("arn:", StringComparison.Ordinal) && !(known.Length == 12 && known.All(char.IsAsciiDigit)) ? "Service"
            : text.Known is null && Arns.AccountOf(text) is null && text.Only is null ? "Service" : "AWS";
        return new Value.Map(principal.Location, [new(type, principal.Location, principal)]);
    }

    /// <summary>A permission on an alias or a version, by its ARN or by a qualifier, covers that alone.</summary>
    private static Value ResourceOf(Resource permission, Resource function, Scenario scenario)
    {
        var at = permission.Location;
        var arn = function.Identify("arn");
        return scenario.Read(permission.Properties[permission.Format is Format.CloudFormation ? "Qualifier" : "qualifier"]) is Value.Str { Text: var qualifier } && qualifier.Pieces.Length > 0
            ? new Value.Str(at, arn + Text.Of(":") + qualifier)
            : new Value.Str(at, arn);
    }
}

using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Resources.Terraform;

namespace PolicyLint.Engine.Access;

/// <summary>What decides about invocations of Lambda functions: a policy made of permissions, each a resource of its own
/// (semantics 2.4, 8.5).</summary>
internal sealed class Functions(Graph graph, Fields fields, StatedPolicies policies)
{
    private const string Name = "the function policy";
    private ILookup<Resource, Qualified>? qualified;

    /// <summary>A permission on an alias or a version of a function, which its <c>FunctionName</c> says.</summary>
    private sealed record Qualified(Resource Permission, Resource Function, Text Qualifier);

    public World WorldOf(Resource function, Scenario scenario)
    {
        var permissions = fields.ReadAll(function, function.Kind!.Fields["permissions"]!, scenario);
        var stated = permissions.Where(p => p.Holder != function).Select(p => StatementOf(p.Holder, ResourceOf(p.Holder, function, scenario), scenario))
            .Concat((qualified ??= AllQualified())[function].Select(q => StatementOf(q.Permission, new Value.Str(q.Permission.Location, function.Identify("arn") + Text.Of(":") + q.Qualifier), scenario)))
            .ToImmutableArray();
        var open = permissions is [{ Value: Value.Unknown unknown }, ..] ? unknown.Why
            : function.Created is not Truth.Yes ? $"`{function.Address}` was there before and may have permissions that the input does not show" : "";
        return new World(function.Surroundings.Account, new PolicySet(Name, stated, open));
    }

    /// <summary>The function of an alias or a version, and the ARN of it that a request for it is for; null where that is not known.</summary>
    public (Resource Function, Text Arn)? Behind(Resource qualified, Text asked)
    {
        if (Field(qualified, "function") is not { } named || Called(named, qualified) is not { } function) return null;
        return (function, asked.Equals(qualified.Identify("arn")) ? function.Identify("arn") + Text.Of(":") + QualifierOf(qualified) : asked);
    }

    /// <summary>An alias has a name; a version is numbered by AWS.</summary>
    private Text QualifierOf(Resource qualified) => qualified.Kind!.Name == "lambda-alias" && Field(qualified, "name") is { } name
        ? name
        : Text.Of(new Symbol(qualified.Stack.Document.Scope, $"{qualified.Address}.Version") { Display = $"the version {qualified.Address}", Charset = Charset.Name256 });

    /// <summary>The permissions whose function is named with a qualifier, or by an alias.</summary>
    private ILookup<Resource, Qualified> AllQualified() => graph.OfType("AWS::Lambda::Permission").Concat(graph.OfType("aws_lambda_permission"))
        .Select(Qualify).OfType<Qualified>().ToLookup(q => q.Function);

    private Qualified? Qualify(Resource permission)
    {
        var named = Fields.LinkText(permission.Properties[permission.Format is Format.CloudFormation ? "FunctionName" : "function_name"]);
        if (named is null || Called(named, permission) is not null) return null;
        foreach (var kind in (string[])["lambda-alias", "lambda-version"])
            if (graph.Called(named, graph.Kinds.Named(kind)!, permission.Stack) is { } alias)
                return Field(alias, "function") is { } of && Called(of, alias) is { } behind ? new Qualified(permission, behind, QualifierOf(alias)) : null;
        var parts = named.Split(":");
        var name = parts[0];
        foreach (var part in parts.Skip(1).SkipLast(1)) name = name + Text.Of(":") + part;
        return parts.Length > 1 && Called(name, permission) is { } function ? new Qualified(permission, function, parts[^1]) : null;
    }

    private Resource? Called(Text name, Resource from) => graph.Called(name, graph.Kinds.Named("lambda-function")!, from.Stack);

    private Text? Field(Resource alias, string name) => Fields.LinkText(fields.Read(alias, alias.Kind!.Fields[name]!, Scenario.Start()));

    /// <summary>What AddPermission writes: a service, an account's root or an ARN as principal, each restriction as a condition.</summary>
    private Policy StatementOf(Resource permission, Value resource, Scenario scenario)
    {
        var at = permission.Location;
        var principal = Of("Principal", "principal");
        return policies.Made(
            permission, at, ("Effect", Value.Of(at, "Allow")),
            ("Principal", PrincipalOf(principal)),
            ("Action", Of("Action", "action")),
            ("Resource", resource),
            ("Condition", new Value.Map(at, Conditions())));

        Value Of(string cloudFormation, string terraform) =>
            scenario.Read(permission.Properties[permission.Format is Format.CloudFormation ? cloudFormation : terraform]);

        ImmutableArray<Value.Field> Conditions() =>
        [
            .. Condition("ArnLike", "AWS:SourceArn", PolicyDocument.Source(Of("SourceArn", "source_arn"))),
            .. Condition("StringEquals", "AWS:SourceAccount", Of("SourceAccount", "source_account")),
            .. Condition("StringEquals", "aws:PrincipalOrgID", Of("PrincipalOrgID", "principal_org_id")),
            .. Condition("StringEquals", "lambda:EventSourceToken", Of("EventSourceToken", "event_source_token")),
            .. Condition("StringEquals", "lambda:FunctionUrlAuthType", Of("FunctionUrlAuthType", "function_url_auth_type")),
            .. Condition("Bool", "lambda:InvokedViaFunctionUrl", Of("InvokedViaFunctionUrl", "invoked_via_function_url")),
        ];

        static IEnumerable<Value.Field> Condition(string @operator, string key, Value value) => value is Value.Absent or Value.Str { Text.Known: "" }
            ? []
            : [new Value.Field(@operator, value.Location, new Value.Map(value.Location, [new(key, value.Location, value)]))];
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
        return scenario.Read(permission.Properties["qualifier"]) is Value.Str { Text: var qualifier } && qualifier.Pieces.Length > 0
            ? new Value.Str(at, arn + Text.Of(":") + qualifier)
            : new Value.Str(at, arn);
    }
}

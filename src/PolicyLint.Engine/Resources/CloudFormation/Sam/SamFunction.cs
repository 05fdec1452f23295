using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>Expands <c>AWS::Serverless::Function</c>: the function, its role, version, alias, URL, destinations and events.</summary>
internal static class SamFunction
{
    private static readonly string[] Own =
    [
        "CodeUri", "ImageUri", "InlineCode", "DeadLetterQueue", "AssumeRolePolicyDocument", "Policies", "RolePath", "PermissionsBoundary", "Events", "PropagateTags",
        "Tags", "Tracing", "DeploymentPreference", "EventInvokeConfig", "AutoPublishAlias", "AutoPublishCodeSha256", "AutoPublishAliasAllProperties",
        "VersionDescription", "VersionDeletionPolicy", "ProvisionedConcurrencyConfig", "FunctionUrlConfig", "Role",
    ];

    public static void Expand(SamSource function)
    {
        var target = Publish(function);
        var role = new SamRole(function, function["AssumeRolePolicyDocument"] ?? function.Here.TrustOf("lambda.amazonaws.com"));
        AddPolicies(function, role);
        if (function.Map("FunctionUrlConfig") is { } url) AddUrl(function, url, target);
        if (function.Map("EventInvokeConfig") is { } config) SamDestinations.Expand(function, config, role);
        SamEvents.Expand(function, target, role);
        var arn = MakeRole(function, role);
        var at = function.Here;
        function.Add(function.Id, "AWS::Lambda::Function", function.Location,
        [
            .. function.Without(Own),
            at.Entry("Role", arn),
            at.Entry("Code", CodeOf(function)),
            IsTraced(function) ? at.Entry("TracingConfig", at.Map(at.Entry("Mode", function["Tracing"]))) : null,
            function.Map("DeadLetterQueue") is { } queue ? at.Entry("DeadLetterConfig", at.Map(at.Entry("TargetArn", queue["TargetArn"]))) : null,
        ]);
    }

    private static Node? CodeOf(SamSource function)
    {
        var at = function.Here;
        if (function["InlineCode"] is { } inline) return at.Map(at.Entry("ZipFile", inline));
        return function["ImageUri"] is { } image ? at.Map(at.Entry("ImageUri", image)) : function["CodeUri"];
    }

    private static bool IsTraced(SamSource function) => function["Tracing"] is { } tracing && function.Stack.Plain(tracing) != "Disabled";

    private static void AddPolicies(SamSource function, SamRole role)
    {
        role.AddManaged(function.Here, $"service-role/{(function["DurableConfig"] is null ? "AWSLambdaBasicExecutionRole" : "AWSLambdaBasicDurableExecutionRolePolicy")}");
        if (IsTraced(function)) role.AddManaged(function.At(function["Tracing"]), function.Stack.IsCommercial ? "AWSXrayWriteOnlyAccess" : "AWSXRayDaemonWriteAccess");
        if (function["VpcConfig"] is { } vpc) role.AddManaged(function.At(vpc), "service-role/AWSLambdaVPCAccessExecutionRole");
        if (function.Map("DeadLetterQueue") is { } queue && queue["TargetArn"] is { } target)
        {
            var at = function.At(queue);
            role.AddInline(at.Inline("DeadLetterQueuePolicy", at.Document(at.Allow(target, SamStack.TextOf(queue["Type"]) == "SNS" ? "sns:Publish" : "sqs:SendMessage"))));
        }
        new SamPolicies(function, role).Read();
    }

    /// <summary>The ARN of the role that it runs with: the one that is written, or one that is made, or by a condition either.</summary>
    private static Node MakeRole(SamSource function, SamRole role)
    {
        var at = function.At(function["Role"]);
        var made = at.GetAtt(role.Id, "Arn");
        if (function["Role"] is not { } written)
        {
            role.Make(function.Condition);
            return made;
        }
        if (Intrinsic.Of(written) is not { Name: "Fn::If", Argument: Node.List { Items: [Node.Scalar condition, var then, var otherwise] } }) return written;
        if (!SamStack.IsNoValue(then) && !SamStack.IsNoValue(otherwise)) return written;
        role.Make(SamStack.IsNoValue(then) ? SamStack.IsNoValue(otherwise) ? function.Condition : condition : Opposite(function, condition));
        return at.If(condition, SamStack.IsNoValue(then) ? made : then, SamStack.IsNoValue(otherwise) ? made : otherwise);
    }

    /// <summary>The name of the condition that holds where another does not.</summary>
    public static Node.Scalar Opposite(SamSource source, Node.Scalar condition)
    {
        var at = source.At(condition);
        var name = at.Text($"NOT{condition.Text}");
        source.Stack.Conditions[name.Text] = new Node.Entry(name, at.Map(at.Entry("Fn::Not", at.List(at.Map(at.Entry("Condition", condition.Text))))));
        return name;
    }

    private static SamTarget Publish(SamSource function)
    {
        if (function["AutoPublishAlias"] is not { } written) return new SamTarget(function.Id, "");
        var at = function.At(written);
        var alias = function.Stack.Plain(written);
        var (version, id) = ($"{function.Id}Version", $"{function.Id}Alias{alias?.Replace("-", "D", StringComparison.Ordinal).Replace("_", "U", StringComparison.Ordinal)}");
        function.Add(version, "AWS::Lambda::Version", at.Location, at.Entry("FunctionName", at.Ref(function.Id)));
        function.Add(id, "AWS::Lambda::Alias", at.Location,
            at.Entry("Name", alias is null ? written : at.Text(alias)), at.Entry("FunctionName", at.Ref(function.Id)), at.Entry("FunctionVersion", at.GetAtt(version, "Version")));
        function.Stack.Names[$"{function.Id}.Version"] = version;
        function.Stack.Names[$"{function.Id}.Alias"] = id;
        return new SamTarget(function.Id, id);
    }

    private static void AddUrl(SamSource function, Node.Map url, SamTarget target)
    {
        var at = function.At(url["AuthType"] ?? url);
        function.Add($"{function.Id}Url", "AWS::Lambda::Url", at.Location, [.. url.Entries, at.Entry("TargetFunctionArn", target.Name(at))]);
        if (url["AuthType"] is not Node.Scalar { Tag: "", Text: "NONE" }) return;
        function.Add($"{function.Id}UrlPublicPermissions", "AWS::Lambda::Permission", at.Location,
            [.. target.Permission(at, "lambda:InvokeFunctionUrl", "*"), at.Entry("FunctionUrlAuthType", "NONE")]);
        function.Add($"{function.Id}URLInvokeAllowPublicAccess", "AWS::Lambda::Permission", at.Location,
            [.. target.Permission(at, "lambda:InvokeFunction", "*"), at.Entry("InvokedViaFunctionUrl", new Node.Scalar(at.Location, "true", ScalarKind.Bool))]);
    }
}

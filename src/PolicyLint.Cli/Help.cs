using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace PolicyLint.Cli;

/// <summary>The help of a command, and after it what a user would type.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (Examples(parseResult.CommandResult.Command.Name) is not { Length: > 0 } examples) return code;
        output.WriteLine("Examples:");
        foreach (var example in examples) output.WriteLine($"  {example}");
        output.WriteLine();
        return code;
    }

    private static string[] Examples(string command) => command switch
    {
        "scan" =>
        [
            "policylint scan ./infra",
            "policylint scan template.yaml --parameter Env=prod --region eu-central-1",
            "policylint scan . --exclude 'test/**' --fail-on warning --unknown fail",
        ],
        "can" =>
        [
            "policylint can cdn s3:GetObject Site ./infra",
            "policylint can arn:aws:iam::111122223333:role/deploy s3:PutObject Site/index.html . --context s3:x-amz-acl=private",
            "policylint can --all s3:GetObject Site template.yaml",
        ],
        "rules" => ["policylint rules", "policylint rules --rules ./our-rules"],
        "explain" => ["policylint explain cloudfront-origin-access"],
        "test" => ["policylint test ./our-rules"],
        _ =>
        [
            "policylint scan ./infra",
            "policylint scan plan.json --account 111122223333",
            "policylint scan . --format sarif --output policylint.sarif",
            "policylint explain cloudfront-origin-access",
        ],
    };
}

/// <summary>Prints a text, which is made when it is asked for.</summary>
internal sealed class Told(Func<string> text) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(text());
        return 0;
    }
}

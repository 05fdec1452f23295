using System.Collections.Immutable;

namespace PolicyLint.Engine.Documents.Code;

/// <summary>Finds the calls of a shell script that put objects with the AWS command line.</summary>
internal sealed class ShellUploads
{
    private static readonly HashSet<string> Putting = new(StringComparer.Ordinal) { "put-object", "copy-object", "create-multipart-upload" };
    private static readonly HashSet<string> Moving = new(StringComparer.Ordinal) { "cp", "mv", "sync" };
    private static readonly HashSet<string> Telling = new(StringComparer.Ordinal) { "echo", "printf", "#" };
    private static readonly HashSet<string> OfCredentials = new(StringComparer.Ordinal) { "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ROLE_ARN" };

    private static readonly HashSet<string> Alone = new(StringComparer.Ordinal)
    {
        "--recursive", "--quiet", "--dryrun", "--only-show-errors", "--no-progress", "--delete", "--exact-timestamps", "--size-only", "--follow-symlinks",
        "--no-follow-symlinks", "--no-guess-mime-type", "--force-glacier-transfer", "--ignore-glacier-warnings", "--debug", "--no-verify-ssl", "--no-paginate",
        "--no-sign-request", "--no-cli-pager", "--no-overwrite", "--bucket-key-enabled", "--no-bucket-key-enabled",
    };

    private static readonly Dictionary<string, string> Options = new(StringComparer.Ordinal)
    {
        ["--acl"] = "ACL",
        ["--grant-read"] = "GrantRead",
        ["--grant-full-control"] = "GrantFullControl",
        ["--grant-read-acp"] = "GrantReadACP",
        ["--grant-write-acp"] = "GrantWriteACP",
        ["--expected-bucket-owner"] = "ExpectedBucketOwner",
        ["--bucket"] = "Bucket",
    };

    /// <summary>The service and what it is asked to do.</summary>
    private const int PlacesOfVerb = 2;

    private readonly ShellNames names;
    private bool borrows;

    private ShellUploads(ShellNames names) => this.names = names;

    /// <summary>Whether a text can hold such a call at all.</summary>
    public static bool IsWorthReading(string text) => text.Contains("aws", StringComparison.Ordinal) && text.Contains("s3", StringComparison.Ordinal);

    public static Uploads In(string text)
    {
        var commands = ShellScanner.Scan(text);
        var assigned = new ShellNames(commands);
        var reader = new ShellUploads(assigned) { borrows = assigned.Assigned.Any(OfCredentials.Contains) };
        var calls = commands.Select(reader.Call).OfType<UploadCall>().ToImmutableArray();
        return new Uploads(calls, reader.borrows);
    }

    private UploadCall? Call(ShellCommand command)
    {
        var words = Spread(command.Words);
        if (words[0].Known is { } first && Telling.Contains(first)) return null;
        var at = words.FindIndex(w => w.Known is "aws" or "aws.exe" || w.Known?.EndsWith("/aws", StringComparison.Ordinal) == true);
        if (at < 0) return null;
        borrows |= words.Take(at).Any(w => ShellNames.AssignmentOf(w) is var (name, _) && OfCredentials.Contains(name));
        var arguments = Arguments.Read(words, at + 1);
        borrows |= arguments.Given.ContainsKey("--profile") || arguments.Placed is [{ Known: "sts" }, { Known: "assume-role" or "assume-role-with-web-identity" }, ..];
        return arguments.Placed switch
        {
            [{ Known: "s3" }, { Known: { } verb }, _, var second, ..] when Moving.Contains(verb) => Move(words[at], verb, arguments.Placed.Skip(PlacesOfVerb + 1).LastOrDefault(IsUri, second), arguments.Beyond(PlacesOfVerb + 2)),
            [{ Known: "s3api" }, { Known: { } verb }, ..] when Putting.Contains(verb) => Put(words[at], verb, arguments.Beyond(PlacesOfVerb)),
            _ => null,
        };
    }

    /// <summary>A variable without quotes stands for the words of its value, where that is known.</summary>
    private List<ShellWord> Spread(ImmutableArray<ShellWord> words)
    {
        var spread = new List<ShellWord>();
        foreach (var word in words)
            if (word is { IsQuoted: false, Parts: [CodeValue.Variable variable] } && names.Fill(variable) is CodeValue.Literal known)
                foreach (var part in known.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)) spread.Add(word with { Parts = [new CodeValue.Literal(part)] });
            else spread.Add(word);
        return spread.Count > 0 ? spread : [.. words];
    }

    private static bool IsUri(ShellWord word) => word.Parts is [CodeValue.Literal { Text: var text }, ..] && text.StartsWith("s3://", StringComparison.OrdinalIgnoreCase);

    private UploadCall? Move(ShellWord aws, string verb, ShellWord target, Arguments arguments)
    {
        var bucket = names.Fill(target.Value);
        var head = bucket is CodeValue.Joined { Parts: [var start, ..] } ? start : bucket;
        if (head is CodeValue.Literal { Text: var text } && !text.StartsWith("s3://", StringComparison.OrdinalIgnoreCase) && CodeText.NumberOf(text.Length > 0 ? text[0] : ' ') < 0) return null;
        return Make(aws, $"aws s3 {verb}", bucket, arguments);
    }

    private UploadCall Put(ShellWord aws, string verb, Arguments arguments) => Make(
        aws, $"aws s3api {verb}", arguments.Given.TryGetValue("--bucket", out var bucket) && bucket is [var only, ..] ? names.Fill(only.Value) : new CodeValue.Unknown("the call does not say it"), arguments);

    private UploadCall Make(ShellWord aws, string name, CodeValue bucket, Arguments arguments)
    {
        var options = ImmutableArray.CreateBuilder<CodeOption>();
        foreach (var (flag, values) in arguments.Given)
            if (flag == "--grants") options.AddRange(values.Select(GrantOf));
            else if (Options.TryGetValue(flag, out var option) && option != "Bucket" && values is [var value, ..]) options.Add(new CodeOption(option, names.Fill(value.Value), value.Start));
        return new UploadCall(name, aws.Start, aws.End - aws.Start, bucket, options.ToImmutable()) { Open = arguments.Open };
    }

    /// <summary><c>read=id=…</c>, <c>full=uri=…</c>.</summary>
    private CodeOption GrantOf(ShellWord word)
    {
        var value = names.Fill(word.Value);
        var head = value switch { CodeValue.Literal only => only, CodeValue.Joined { Parts: [CodeValue.Literal first, ..] } => first, _ => null };
        if (head is null || head.Text.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var equals)) return new CodeOption("GrantFullControl", new CodeValue.Unknown("the script makes it"), word.Start);
        var rest = new CodeValue.Literal(head.Text[(equals + 1)..]);
        CodeValue grantee = value is CodeValue.Joined joined ? joined with { Parts = joined.Parts.SetItem(0, rest) } : rest;
        return new CodeOption(head.Text[..equals] switch { "read" => "GrantRead", "full" => "GrantFullControl", "readacl" => "GrantReadACP", _ => "GrantWriteACP" }, grantee, word.Start);
    }

    /// <summary>The arguments of the command line: those by place, and the values of each flag.</summary>
    private sealed record Arguments(List<ShellWord> Placed, Dictionary<string, List<ShellWord>> Given, string Open)
    {
        public static Arguments Read(List<ShellWord> words, int from)
        {
            var (placed, given, open) = (new List<ShellWord>(), new Dictionary<string, List<ShellWord>>(StringComparer.Ordinal), "");
            for (var i = from; i < words.Count; i++)
            {
                var word = words[i];
                if (word.Parts is not [CodeValue.Literal { Text: var head }, ..] || !head.StartsWith("--", StringComparison.Ordinal))
                {
                    placed.Add(word);
                    continue;
                }
                if (head.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                {
                    given[head[..equals]] = [word with { Parts = word.Parts.SetItem(0, new CodeValue.Literal(head[(equals + 1)..])) }];
                    continue;
                }
                if (head.StartsWith("--cli-input", StringComparison.Ordinal)) open = "its options are in a file or a text";
                if (!Alone.Contains(head)) given[head] = ValuesOf(head, words, ref i);
                else given[head] = [];
            }
            return new Arguments(placed, given, open);
        }

        /// <summary>Where there are more words than the call takes, variables may stand for options.</summary>
        public Arguments Beyond(int most) => Placed.Count > most && Placed.Exists(w => w.Parts is [CodeValue.Variable or CodeValue.Unknown])
            ? this with { Open = "it may have options that the script makes elsewhere" }
            : this;

        private static List<ShellWord> ValuesOf(string flag, List<ShellWord> words, ref int at)
        {
            var values = new List<ShellWord>();
            while (at + 1 < words.Count && !IsFlag(words[at + 1]) && (values.Count == 0 || flag == "--grants"))
            {
                if (flag is "--sse" or "--sse-c" or "--request-payer" && words[at + 1].Known is not ("AES256" or "aws:kms" or "aws:kms:dsse" or "requester")) break;
                values.Add(words[++at]);
            }
            return values;
        }

        private static bool IsFlag(ShellWord word) => word.Parts is [CodeValue.Literal { Text: var text }, ..] && text.StartsWith("--", StringComparison.Ordinal);
    }
}

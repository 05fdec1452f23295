using System.CommandLine;
using System.CommandLine.Parsing;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Cli;

/// <summary>What is wrong with how the command line was called, in our own words.</summary>
internal static class UsageFaults
{
    private const string HelpOfAll = "`policylint --help` or `policylint scan --help` tell what there is";

    private static string HelpOf(Command command) => command is RootCommand ? HelpOfAll : $"`policylint {command.Name} --help` tells what there is";

    /// <summary>Each fault once, unknown words first; empty where there is none.</summary>
    public static IReadOnlyList<Problem> Of(ParseResult parsed)
    {
        if (parsed.Tokens.Any(t => t.Type is TokenType.Directive)) return []; // [suggest]: what is typed so far need not be right
        var command = parsed.CommandResult.Command;
        if (command is RootCommand root) return parsed.Errors.Count > 0 ? [NoCommand(root, parsed.UnmatchedTokens)] : [];
        var unknown = parsed.UnmatchedTokens.Concat(FlagsAmongPaths(parsed)).Select(word => Unknown(word, command)).ToList();
        if (unknown.Count > 0) return unknown;
        return [.. parsed.Errors.Select(e => e.Message.Split('\n')).Select(told => Fault(Sentence(told[0]), told is [_, { Length: > 0 } help] ? help : HelpOf(command)))];
    }

    private static Problem NoCommand(RootCommand root, IReadOnlyList<string> words)
    {
        var commands = root.Subcommands.Where(c => !c.Hidden).Select(c => c.Name).ToList();
        var expected = $"expected {Words.OneOf(commands)}";
        return words is [var word, ..]
            ? word.StartsWith('-') ? Unknown(word, root) : Fault($"unknown command `{word}`, {expected}", Guess(word, commands, root))
            : Fault($"no command was given, {expected}", HelpOfAll);
    }

    private static Problem Unknown(string word, Command command) => word.StartsWith('-')
        ? Fault($"unknown flag `{word}`", Guess(word.Split('=')[0], command.Options.Where(o => !o.Hidden).Select(o => o.Name), command))
        : Fault($"`{command.Name}` does not take `{word}`", $"`policylint {command.Name} --help` tells what it takes");

    /// <summary>A mistyped flag looks like a path to the parser. A path that begins so is given as <c>./-x</c>, or after <c>--</c>.</summary>
    private static IEnumerable<string> FlagsAmongPaths(ParseResult parsed) => parsed.Tokens.Any(t => t.Type is TokenType.DoubleDash)
        ? []
        : parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Select(t => t.Value).Where(v => v is ['-', _, ..]);

    private static string Guess(string word, IEnumerable<string> known, Command command) => Words.DidYouMean(word, known) is { Length: > 0 } guess ? guess : HelpOf(command);

    private static Problem Fault(string message, string help) => new(Usage.Place, message, help);

    /// <summary>The parser's own words in our spelling.</summary>
    private static string Sentence(string message)
    {
        var text = message.TrimEnd('.').Replace('\'', '`');
        return text.Length > 1 && char.IsUpper(text[0]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }
}

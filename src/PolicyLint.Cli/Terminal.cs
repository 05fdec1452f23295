using System.Text;
using PolicyLint.Engine.Reports;
using Spectre.Console;

namespace PolicyLint.Cli;

/// <summary>Where the command line writes to, and what its surroundings tell it.</summary>
/// <param name="HasColors">Whether the output is a terminal that shows colours, and nobody asked for none.</param>
/// <param name="Directory">The folder that relative paths start from.</param>
public sealed record Terminal(Stream Output, TextWriter Error, bool HasColors, string Directory)
{
    /// <summary>The process's own; <c>NO_COLOR</c> is honoured.</summary>
    public static Terminal OfProcess() => new(
        Console.OpenStandardOutput(), new StreamWriter(Console.OpenStandardError()) { AutoFlush = true },
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb",
        Environment.CurrentDirectory);

    public void Write(string text) => Output.Write(Encoding.UTF8.GetBytes(text));

    public void WriteLine(string text) => Write($"{text}\n");

    /// <summary>Writes the parts, coloured where that is wanted.</summary>
    public void Write(IEnumerable<TextPart> parts)
    {
        if (!HasColors)
        {
            Write(string.Concat(parts.Select(p => p.Text)));
            return;
        }
        using var writer = new StreamWriter(Output, new UTF8Encoding(false), leaveOpen: true);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard });
        console.Profile.Width = int.MaxValue;
        foreach (var part in parts) console.Write(new Spectre.Console.Text(part.Text, StyleOf(part.Style)));
    }

    private static Style StyleOf(TextStyle style) => style switch
    {
        TextStyle.Bold => new Style(decoration: Decoration.Bold),
        TextStyle.Dim => new Style(decoration: Decoration.Dim),
        TextStyle.Error => new Style(Color.Red, decoration: Decoration.Bold),
        TextStyle.Warning => new Style(Color.Yellow, decoration: Decoration.Bold),
        TextStyle.Note => new Style(Color.Aqua, decoration: Decoration.Bold),
        TextStyle.Good => new Style(Color.Green, decoration: Decoration.Bold),
        _ => Style.Plain,
    };
}

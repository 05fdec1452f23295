using System.Collections.Immutable;
using System.Text;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Cli;

/// <summary>One thing of an input format and what it gives, with examples that the tests run.</summary>
internal sealed record SupportRow(string Name, string Gives, ImmutableArray<(string Text, string Value)> Examples, Node.Map Written);

/// <summary>What <c>data/support.yaml</c> states of the input formats.</summary>
internal sealed record SupportTable(string Context, ImmutableDictionary<string, ImmutableArray<SupportRow>> Sections)
{
    public const string File = "data/support.yaml";

    public static SupportTable Read(string text, List<Problem> problems)
    {
        var root = (Node.Map)YamlReader.Read(File, text, problems)[0];
        return new SupportTable(
            ((Node.Scalar)root["context"]!).Text,
            root.Entries.Where(e => e.Value is Node.List).ToImmutableDictionary(e => e.Key.Text, e => ((Node.List)e.Value).Items.Select(RowOf).ToImmutableArray(), StringComparer.Ordinal));
    }

    private static SupportRow RowOf(Node node)
    {
        var row = (Node.Map)node;
        return new SupportRow(
            TextOf(row["name"]), TextOf(row["gives"]),
            row["examples"] is Node.Map examples ? [.. examples.Entries.Select(e => (e.Key.Text, TextOf(e.Value)))] : [], row);
    }

    private static string TextOf(Node? node) => (node as Node.Scalar)?.Text ?? "";
}

/// <summary>The manual's page on what is understood of the input formats, made from the data that the tests run.</summary>
internal static class SupportPage
{
    public static string Markdown(SupportTable table, Kinds kinds)
    {
        var page = new StringBuilder($"""
            # What is understood

            <!-- Made from {SupportTable.File} and rules/kinds/ by the Docs task; change it there. -->

            Every row was tried: its examples are tests. `⟨P⟩` is a symbol: a text that nobody knows before the deploy, and that is the same
            text wherever it stands, so that names and ARNs are compared although nobody knows them. What is neither known nor a symbol is
            unknown, with the reason, and so is the verdict that depends on it.

            ## CloudFormation: functions

            In both spellings (`!Sub`, `Fn::Sub:`). The examples stand in this template:

            ```yaml
            {table.Context.TrimEnd()}
            ```


            """);
        Examples(page, table.Sections["functions"], "function");
        page.Append("\n## CloudFormation: the rest\n\n");
        Rows(page, table.Sections["templates"]);
        page.Append("\n## Terraform: plans\n\n");
        Rows(page, table.Sections["plans"]);
        page.Append("\n## Terraform: expressions of the sources beside a plan\n\nThe values are what Terraform itself gives.\n\n");
        Examples(page, table.Sections["expressions"], "expression");
        page.Append('\n');
        Examples(page, table.Sections["terraformFunctions"], "function");
        Kinds(page, kinds);
        return page.ToString();
    }

    private static void Examples(StringBuilder page, IEnumerable<SupportRow> rows, string what)
    {
        page.Append("| ").Append(what).Append(" | what it gives | examples |\n| --- | --- | --- |\n");
        foreach (var row in rows)
            page.Append("| ").Append(row.Name.Contains(' ', StringComparison.Ordinal) || row.Name.Contains('`', StringComparison.Ordinal) ? Cell(row.Name) : Code(row.Name)).Append(" | ").Append(Cell(row.Gives)).Append(" | ")
                .AppendJoin("<br>", row.Examples.Select(e => $"{Code(e.Text)} → {Code(e.Value)}")).Append(" |\n");
    }

    private static void Rows(StringBuilder page, IEnumerable<SupportRow> rows)
    {
        page.Append("| what | what it gives |\n| --- | --- |\n");
        foreach (var row in rows) page.Append("| ").Append(Cell(row.Name)).Append(" | ").Append(Cell(row.Gives)).Append(" |\n");
    }

    private static void Kinds(StringBuilder page, Kinds kinds)
    {
        page.Append("""

            ## Kinds of resources

            What a rule may ask of a kind by one name in both formats. Each kind has an example of both that gives equal values. Rules may also name
            any other type of resource, with the properties of its format.

            | kind | CloudFormation | Terraform | known by | fields |
            | --- | --- | --- | --- | --- |

            """);
        foreach (var kind in kinds.All.OrderBy(k => k.Name, StringComparer.Ordinal))
            page.Append("| ").Append(Code(kind.Name)).Append(" | ").Append(List(kind.CloudFormation)).Append(" | ").Append(List(kind.Terraform)).Append(" | ")
                .Append(List(kind.Identities.Select(i => i.Name))).Append(" | ").Append(List(kind.Fields.Names)).Append(" |\n");
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(Code));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>In as many backticks as it needs.</summary>
    private static string Code(string text)
    {
        var shown = Cell(text.Replace("\n", "⏎", StringComparison.Ordinal));
        return shown.Contains('`', StringComparison.Ordinal) ? $"`` {shown} ``" : $"`{shown}`";
    }
}

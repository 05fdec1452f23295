using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Hcl;

namespace PolicyLint.Tests.Documents.Hcl;

/// <summary>Expressions and bodies on one line, each operation in parentheses.</summary>
internal static class Shapes
{
    public static string Of(Expression expression) => expression switch
    {
        Expression.Literal { Kind: ScalarKind.String } text => $"'{text.Text.Replace("\n", "⏎", StringComparison.Ordinal)}'",
        Expression.Literal literal => literal.Text,
        Expression.Template template => $"(text {string.Join(' ', template.Parts.Select(Of))})",
        Expression.Root root => root.Text,
        Expression.Attribute attribute => $"{Of(attribute.Of)}.{attribute.Name}",
        Expression.Index index => $"{Of(index.Of)}[{Of(index.Key)}]",
        Expression.Splat splat => $"(each {Of(splat.Of)} {Of(splat.Each)})",
        Expression.Item => "@",
        Expression.Call call => $"{call.Name}({string.Join(", ", call.Arguments.Select(Of))}{(call.Spreads ? "..." : "")})",
        Expression.Conditional choice => $"(if {Of(choice.Test)} {Of(choice.Then)} {Of(choice.Otherwise)})",
        Expression.Unary unary => $"({unary.Sign} {Of(unary.Operand)})",
        Expression.Binary binary => $"({binary.Sign} {Of(binary.Left)} {Of(binary.Right)})",
        Expression.List list => $"[{string.Join(", ", list.Items.Select(Of))}]",
        Expression.Object map => $"{{{string.Join(", ", map.Entries.Select(e => $"{Of(e.Key)}: {Of(e.Value)}"))}}}",
        Expression.For all => $"(for {Of(all.Loop)} {Of(all.Value)})",
        Expression.ForObject all => $"(for {Of(all.Loop)} {Of(all.Made.Key)} => {Of(all.Made.Value)}{(all.Groups ? "..." : "")})",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Of(Loop loop) => $"{(loop.Key.Length > 0 ? $"{loop.Key},{loop.Value}" : loop.Value)} in {Of(loop.Of)}{(loop.Condition is { } condition ? $" if {Of(condition)}" : "")}";

    public static string Of(Body body) => string.Join("; ", body.Arguments.Select(a => $"{a.Name}={Of(a.Expression)}").Concat(body.Blocks.Select(b => $"{string.Join('.', [b.Type, .. b.Labels])} {{{Of(b.Body)}}}")));
}

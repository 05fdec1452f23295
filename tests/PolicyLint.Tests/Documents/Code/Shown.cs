using PolicyLint.Engine.Documents.Code;

namespace PolicyLint.Tests.Documents.Code;

/// <summary>Calls as one line, for tests.</summary>
internal static class Shown
{
    public static string Of(Uploads uploads) => string.Join("; ", uploads.Calls.Select(Of)) + (uploads.Borrows ? "; borrows" : "");

    private static string Of(UploadCall call) =>
        $"{call.Name} {Of(call.Bucket)}{string.Concat(call.Options.Select(o => $" {o.Name}={Of(o.Value)}"))}{(call.Open.Length > 0 ? " open" : "")}";

    private static string Of(CodeValue value) => value switch
    {
        CodeValue.Literal literal => literal.Text,
        CodeValue.Variable { Otherwise: { } otherwise } variable => $"${variable.Name}|{Of(otherwise)}",
        CodeValue.Variable variable => $"${variable.Name}",
        CodeValue.Joined joined => $"({string.Join('+', joined.Parts.Select(Of))})",
        _ => "?",
    };
}

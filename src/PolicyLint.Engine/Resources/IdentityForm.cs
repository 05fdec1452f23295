namespace PolicyLint.Engine.Resources;

/// <summary>Takes a text apart by the form of an identity: <c>assets.s3.eu-west-1.amazonaws.com</c> by
/// <c>{name}.s3.{region}.{dnsSuffix}</c> gives the name.</summary>
internal sealed class IdentityForm
{
    private static readonly string[] Suffixes = ["amazonaws.com", "amazonaws.com.cn"];
    private static readonly string[] Partitions = ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-eusc"];

    private readonly List<Part> parts;
    private readonly bool namesTwice;

    private IdentityForm(List<Part> parts)
    {
        this.parts = parts;
        namesTwice = parts.Exists(p => p.Placeholder is not ("" or "region" or "account" or "partition" or "dnsSuffix") && parts.Count(o => o.Placeholder == p.Placeholder) > 1);
    }

    public static IdentityForm Of(string form) => new(Parts(form));

    /// <summary>What stands for each placeholder, or null where the text has another form.</summary>
    public Dictionary<string, Text>? Parse(CodedText text)
    {
        if (namesTwice) return null;
        if (parts is [{ Placeholder: "", Literal: var first }, ..] && !text.Characters.StartsWith(first, StringComparison.Ordinal)) return null;
        if (parts is [.., { Placeholder: "", Literal: var last }] && !text.Characters.EndsWith(last, StringComparison.Ordinal)) return null;
        var captured = new Dictionary<string, Text>(StringComparer.Ordinal);
        return Match(parts, 0, text.Characters, 0, text, captured) ? captured : null;
    }

    private sealed record Part(string Literal, string Placeholder);

    private static List<Part> Parts(string form)
    {
        var found = new List<Part>();
        var at = 0;
        foreach (var place in Placeholders.In(form, "{", "}"))
        {
            if (place.Start > at) found.Add(new Part(form[at..place.Start], ""));
            found.Add(new Part("", place.Inner));
            at = place.End;
        }
        if (at < form.Length) found.Add(new Part(form[at..], ""));
        return found;
    }

    private static bool Match(List<Part> parts, int part, string coded, int at, CodedText text, Dictionary<string, Text> captured)
    {
        if (part == parts.Count) return at == coded.Length;
        var (literal, placeholder) = parts[part];
        if (placeholder.Length == 0)
            return string.CompareOrdinal(coded, at, literal, 0, literal.Length) == 0 && Match(parts, part + 1, coded, at + literal.Length, text, captured);
        if (placeholder is "dnsSuffix" or "partition")
            return Array.Exists(placeholder == "partition" ? Partitions : Suffixes, s => string.CompareOrdinal(coded, at, s, 0, s.Length) == 0 && Match(parts, part + 1, coded, at + s.Length, text, captured));
        for (var end = coded.Length; end > at; end--)
            if (Fits(placeholder, coded[at..end]) && Match(parts, part + 1, coded, end, text, captured))
            {
                captured[placeholder] = text.Decode(coded[at..end]);
                return true;
            }
        return false;
    }

    private static bool Fits(string placeholder, string part) => placeholder switch
    {
        "region" => part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-' || CodedText.IsHole(c)) && (part.Contains('-', StringComparison.Ordinal) || CodedText.IsHole(part[0])) && !part.StartsWith("website", StringComparison.Ordinal),
        "account" => part.All(c => char.IsAsciiDigit(c) || CodedText.IsHole(c)),
        _ => part.AsSpan().IndexOfAny('/', ':', '*') < 0,
    };
}

using System.Collections.Immutable;
using System.Text.Json;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Engine.Reports;

/// <summary>The standards that rules name, as SARIF's taxonomies (3.14.8, 3.19.3) with one taxon a control.</summary>
internal sealed class SarifTaxonomies(IEnumerable<Rule> rules)
{
    private readonly ImmutableArray<Standard> standards =
    [
        .. rules.SelectMany(r => r.Standards).GroupBy(s => s.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new Standard(g.Key, [.. g.SelectMany(s => s.Controls).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)])),
    ];

    /// <summary>Of the run: each standard with the controls that some rule checks.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (standards.IsEmpty) return;
        json.WriteStartArray("taxonomies");
        foreach (var standard in standards)
        {
            json.WriteStartObject();
            json.WriteString("name", standard.Name);
            if (standard.Source is { } source)
            {
                json.WriteString("organization", source.Organization);
                json.WriteString("informationUri", source.Uri);
            }
            SarifReport.WriteText(json, "shortDescription", $"{standard.Source?.Title ?? standard.Name}.");
            json.WriteBoolean("isComprehensive", false);
            json.WriteStartArray("taxa");
            foreach (var control in standard.Controls)
            {
                json.WriteStartObject();
                json.WriteString("id", control);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Of the driver: which taxonomies its rules refer to.</summary>
    public void WriteSupported(Utf8JsonWriter json)
    {
        if (standards.IsEmpty) return;
        json.WriteStartArray("supportedTaxonomies");
        foreach (var standard in standards) WriteComponent(json, standard.Name);
        json.WriteEndArray();
    }

    /// <summary>Of a rule: the controls that it checks; one rule is seldom all of a control, nor a control all of a rule.</summary>
    public void WriteRelationships(Utf8JsonWriter json, Rule rule)
    {
        if (rule.Standards.IsEmpty) return;
        json.WriteStartArray("relationships");
        foreach (var (name, controls) in rule.Standards)
            foreach (var control in controls)
            {
                json.WriteStartObject();
                json.WriteStartObject("target");
                json.WriteString("id", control);
                json.WriteNumber("index", standards[IndexOf(name)].Controls.IndexOf(control));
                json.WritePropertyName("toolComponent");
                WriteComponent(json, name);
                json.WriteEndObject();
                json.WriteStartArray("kinds");
                json.WriteStringValue("relevant");
                json.WriteEndArray();
                json.WriteEndObject();
            }
        json.WriteEndArray();
    }

    private void WriteComponent(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteNumber("index", IndexOf(name));
        json.WriteEndObject();
    }

    private int IndexOf(string name) => standards.Select(s => s.Name).ToList().IndexOf(name);
}

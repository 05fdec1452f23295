using System.Text;
using PolicyLint.Tests.Reports;

namespace PolicyLint.Tests.Cli;

/// <summary>Whatever is done to a template or plan, it is judged or told: no bug of ours shows.</summary>
public sealed class DamageTest
{
    [Fact]
    public void A_damaged_template_is_judged_or_told() => Damage("site.yaml", Runs.Site, 300);

    [Fact]
    public void A_template_whose_parts_are_swapped_is_judged_or_told()
    {
        var random = new Random(7);
        var lines = Runs.Site.Split('\n');
        for (var run = 0; run < 300; run++)
        {
            var swapped = lines.ToArray();
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                var (a, b) = (random.Next(lines.Length), random.Next(lines.Length));
                var (head, tail) = (swapped[a].Split(": ", 2), swapped[b].Split(": ", 2));
                if (head.Length == 2 && tail.Length == 2) (swapped[a], swapped[b]) = ($"{head[0]}: {tail[1]}", $"{tail[0]}: {head[1]}");
            }
            Runs.Of(("site.yaml", string.Join('\n', swapped)));
        }
    }

    [Fact]
    public void A_damaged_plan_is_judged_or_told() => Damage("plan.json", File.ReadAllText(Path.Combine(Repository.Root, "samples", "terraform", "plan.json")), 150);

    /// <summary>Values become other values, so that the text stays readable and its meaning breaks.</summary>
    [Fact]
    public void A_plan_with_values_of_other_kinds_is_judged_or_told()
    {
        var random = new Random(11);
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "samples", "terraform", "plan.json"));
        string[] values = ["null", "true", "7", "\"x\"", "[]", "{}", "[null]", "{\"x\": [1]}"];
        for (var run = 0; run < 150; run++)
        {
            var changed = lines.ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                var at = random.Next(lines.Length);
                if (lines[at].Split(": ", 2) is [var key, var value] && !value.EndsWith('{') && !value.EndsWith('['))
                    changed[at] = $"{key}: {values[random.Next(values.Length)]}{(value.EndsWith(',') ? "," : "")}";
            }
            Runs.Of(("plan.json", string.Join('\n', changed)));
        }
    }

    private static void Damage(string path, string text, int runs)
    {
        var random = new Random(2026);
        const string Marks = "{}[]:,-?&*!|>'\"%@`#\n\t ${}\\~0é😀";
        for (var run = 0; run < runs; run++)
        {
            var damaged = new StringBuilder(text);
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                var at = random.Next(damaged.Length);
                if (random.Next(2) == 0) damaged.Remove(at, Math.Min(random.Next(1, 30), damaged.Length - at));
                else damaged.Insert(at, Marks[random.Next(Marks.Length)]);
            }
            Runs.Of((path, damaged.ToString()));
        }
    }
}

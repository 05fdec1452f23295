using System.Collections.Immutable;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.Terraform;

/// <summary>A plan's resources as <c>terraform show -json</c> writes them, each beside its part of the configuration.</summary>
internal sealed class Plan
{
    private Plan(Document document, ImmutableArray<Planned> resources, Module root) => (Document, Resources, Root) = (document, resources, root);

    public Document Document { get; }
    public ImmutableArray<Planned> Resources { get; }
    public Module Root { get; }

    /// <summary>One resource of the plan; the nodes are null where the plan has none.</summary>
    public sealed record Planned(string Address, string ModulePath, string Type, string Name, string Mode, Location Location)
    {
        public Node? After { get; init; }

        /// <summary>What was there before, where the plan changes it.</summary>
        public Node.Map? Before { get; init; }
        public Node? Unknown { get; init; }
        public Node? Sensitive { get; init; }
        public Node.Map? Expressions { get; init; }
        public ImmutableArray<string> Actions { get; init; } = [];
        public Module? Module { get; init; }

        /// <summary>The key of <c>provider_config</c> that it is managed with, empty where the configuration does not tell.</summary>
        public string Provider { get; init; } = "";

        /// <summary><c>type.name</c>, with <c>data.</c> before it for a data source: how the configuration refers to it.</summary>
        public string Reference => Mode == "data" ? $"data.{Type}.{Name}" : $"{Type}.{Name}";

        public bool IsCreated => Actions.Contains("create");

        /// <summary>Whether the apply makes an end of the real thing; one that is only forgotten stays as it is.</summary>
        public bool IsDeleted { get; init; }
    }

    /// <summary>A module's configuration, and the call that made it.</summary>
    public sealed class Module(Node.Map? configuration, Module? parent, Node.Map? arguments)
    {
        private readonly Dictionary<string, Module?> children = new(StringComparer.Ordinal);
        private Dictionary<string, Node.Map>? resources;

        public Node.Map? Configuration => configuration;
        public Module? Parent => parent;
        public Node.Map? Arguments => arguments;

        /// <summary>The <c>for_each</c> of the call that made it, or null.</summary>
        public Node? ForEach { get; private init; }

        public Module? Child(string name)
        {
            if (children.TryGetValue(name, out var known)) return known;
            return children[name] = (configuration?["module_calls"] as Node.Map)?[name] is Node.Map call
                ? new Module(call["module"] as Node.Map, this, call["expressions"] as Node.Map) { ForEach = call["for_each_expression"] }
                : null;
        }

        /// <summary>A resource as it is configured, by <c>type.name</c>, or null.</summary>
        public Node.Map? Resource(string reference) => (resources ??= ReadResources()).GetValueOrDefault(reference);

        /// <summary>The expressions of a resource by <c>type.name</c>, or null where the configuration has none.</summary>
        public Node.Map? ExpressionsOf(string reference) =>
            Resource(reference) is { } resource ? resource["expressions"] as Node.Map ?? new Node.Map(resource.Location, []) : null;

        private Dictionary<string, Node.Map> ReadResources() =>
            ((configuration?["resources"] as Node.List)?.Items.OfType<Node.Map>() ?? [])
            .DistinctBy(r => Text(r, "address") ?? "")
            .ToDictionary(r => Text(r, "address") ?? "", StringComparer.Ordinal);
    }

    /// <summary>Reads the plan's outline. What cannot be judged as a whole is a problem.</summary>
    /// <param name="leaves">The types whose destruction changes nothing but Terraform's state.</param>
    public static Plan Read(Document document, IReadOnlySet<string> leaves, List<Problem> problems)
    {
        var root = document.Root;
        CheckVersion(root, problems);
        if (root["errored"] is Node.Scalar { Text: "true" } errored)
            problems.Add(new Problem(errored.Location, "the plan is incomplete: `errored` is true", "mend what `terraform plan` complained of, and plan again"));
        var configuration = new Module((root["configuration"] as Node.Map)?["root_module"] as Node.Map, null, root["variables"] as Node.Map);
        var resources = ImmutableArray.CreateBuilder<Planned>();
        var changes = Changes(root);
        if ((root["resource_changes"] ?? root["deferred_changes"]) is Node.List)
            foreach (var change in changes) AddChange(change, configuration, leaves, resources, problems);
        else if (root["planned_values"] is Node.Map planned) AddValues(planned["root_module"] as Node.Map, configuration, resources);
        var seen = resources.Select(r => r.Address).Concat(changes.OfType<Node.Map>().Select(c => Text(c, "previous_address")).OfType<string>())
            .ToHashSet(StringComparer.Ordinal);
        if (((root["prior_state"] as Node.Map)?["values"] as Node.Map)?["root_module"] is Node.Map prior)
        {
            var before = ImmutableArray.CreateBuilder<Planned>();
            AddValues(prior, configuration, before);
            resources.AddRange(before.Where(r => (r.Mode == "data" || root["resource_changes"] is not null) && seen.Add(r.Address)));
        }
        return new Plan(document, Leftovers.Without(resources.ToImmutable()), configuration);
    }

    /// <summary>The changes of this apply, and those that Terraform defers to a later one.</summary>
    private static List<Node> Changes(Node.Map root) =>
    [
        .. (root["resource_changes"] as Node.List)?.Items ?? [],
        .. ((root["deferred_changes"] as Node.List)?.Items ?? []).Select(d => (d as Node.Map)?["resource_change"] ?? d),
    ];

    private static void CheckVersion(Node.Map root, List<Problem> problems)
    {
        var node = root["format_version"] as Node.Scalar;
        var version = node?.Text ?? "";
        if (version.StartsWith("0.", StringComparison.Ordinal) || version.StartsWith("1.", StringComparison.Ordinal)) return;
        problems.Add(new Problem(
            node?.Location ?? root.Location, $"plan format version `{version}` is not one that PolicyLint knows (0.x and 1.x)",
            "update PolicyLint, or write the plan with a Terraform that it knows"));
    }

    private static void AddChange(Node node, Module root, IReadOnlySet<string> leaves, ImmutableArray<Planned>.Builder resources, List<Problem> problems)
    {
        if (node is not Node.Map map || Text(map, "address") is not { } address || Text(map, "type") is not { } type || map["change"] is not Node.Map change)
        {
            problems.Add(new Problem(node.Location, "an entry of `resource_changes` lacks its `address`, `type` or `change`", "write the plan again with `terraform show -json`"));
            return;
        }
        if (map["deposed"] is not null) return; // what a replacement left behind; the resource itself has an entry of its own
        var actions = change["actions"] is Node.List list ? list.Items.OfType<Node.Scalar>().Select(a => a.Text).ToImmutableArray() : [];
        var ends = actions is ["delete"] or ["forget"];
        resources.Add(Link(new Planned(address, Text(map, "module_address") ?? "", type, Text(map, "name") ?? "", Text(map, "mode") ?? "managed", Where(map))
        {
            Before = change["before"] as Node.Map,
            After = change[ends ? "before" : "after"],
            Unknown = ends ? null : change["after_unknown"],
            Sensitive = change[ends ? "before_sensitive" : "after_sensitive"],
            Actions = actions,
            IsDeleted = actions is ["delete"] && !leaves.Contains(type) && (change["before"] as Node.Map)?["skip_destroy"] is not Node.Scalar { Text: "true" },
        }, root));
    }

    private static void AddValues(Node.Map? module, Module root, ImmutableArray<Planned>.Builder resources)
    {
        if (module is null) return;
        var path = Text(module, "address") ?? "";
        if (module["resources"] is Node.List list)
            foreach (var map in list.Items.OfType<Node.Map>())
                if (Text(map, "address") is { } address && Text(map, "type") is { } type)
                    resources.Add(Link(new Planned(address, path, type, Text(map, "name") ?? "", Text(map, "mode") ?? "managed", Where(map))
                    {
                        After = map["values"],
                        Sensitive = map["sensitive_values"],
                    }, root));
        if (module["child_modules"] is Node.List children)
            foreach (var child in children.Items.OfType<Node.Map>()) AddValues(child, root, resources);
    }

    private static Planned Link(Planned resource, Module root)
    {
        var module = root;
        foreach (var name in ModuleNames(resource.ModulePath)) module = module?.Child(name);
        var configured = module?.Resource(resource.Reference);
        return resource with
        {
            Module = module,
            Expressions = module?.ExpressionsOf(resource.Reference),
            Provider = configured is null ? "" : Text(configured, "provider_config_key") ?? "",
        };
    }

    /// <summary><c>module.a["x"].module.b</c> gives <c>a, b</c>.</summary>
    private static IEnumerable<string> ModuleNames(string path)
    {
        var inKey = false;
        var name = new System.Text.StringBuilder();
        foreach (var c in path)
        {
            if (c == '"') inKey = !inKey;
            if (inKey || c != '.')
            {
                name.Append(c);
                continue;
            }
            if (name.ToString() is not "module" and var word) yield return WithoutKey(word);
            name.Clear();
        }
        if (name.Length > 0) yield return WithoutKey(name.ToString());
    }

    private static string WithoutKey(string word) => word.IndexOf('[', StringComparison.Ordinal) is >= 0 and var bracket ? word[..bracket] : word;

    private static Location Where(Node.Map map) => map["address"]!.Location;

    private static string? Text(Node.Map map, string key) => (map[key] as Node.Scalar)?.Text;
}

using PolicyLint.Engine.Documents;

namespace PolicyLint.Tests.Mutations;

/// <summary>A part of an example that lets somebody do something.</summary>
/// <param name="Node">Where it stands: a statement, an attached policy, the properties of a permission, an ACL.</param>
/// <param name="Told">It in short, as complaints tell it and exceptions name it.</param>
/// <param name="Refused">What refuses the same instead: a Deny or, where none can be written there, the same for somebody else.</param>
internal sealed record Grant(Node Node, string Told, Node Refused);

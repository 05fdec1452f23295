using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>One request: who, what, on what, with which condition keys.</summary>
/// <param name="Action">An action such as <c>s3:GetObject</c>, no wildcards.</param>
/// <param name="Resource">The ARN; a hole such as <see cref="AnyKey"/> at its end stands for all that may be asked for.</param>
public sealed record Request(Caller Caller, string Action, Text Resource, RequestContext Context)
{
    /// <summary>Any object's key: a request with it asks for whatever object.</summary>
    public static readonly Symbol AnyKey = new("", "any key") { Display = "any key", Charset = Charset.Any };
}

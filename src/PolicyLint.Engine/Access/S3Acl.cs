using System.Collections.Immutable;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Engine.Access;

/// <summary>What the ACL of a bucket grants (semantics 3.4): on the bucket and for new objects, never on an object that is there.</summary>
internal sealed class S3Acl(Fields fields)
{
    private const string Everyone = "AllUsers";
    private const string Authenticated = "AuthenticatedUsers";
    private const string LogDelivery = "LogDelivery";

    private static readonly Dictionary<string, string[]> Actions = new(StringComparer.Ordinal)
    {
        ["READ"] = ["s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"],
        ["WRITE"] = ["s3:PutObject"],
        ["READ_ACP"] = ["s3:GetBucketAcl"],
        ["WRITE_ACP"] = ["s3:PutBucketAcl"],
    };

    private sealed record Entry(string Group, string Permission);

    /// <summary>The canned ACLs that grant something to a group, in CloudFormation's words and in S3's own.</summary>
    private static readonly Dictionary<string, Entry[]> Canned = new(StringComparer.OrdinalIgnoreCase)
    {
        ["private"] = [],
        ["public-read"] = [new(Everyone, "READ")],
        ["public-read-write"] = [new(Everyone, "READ"), new(Everyone, "WRITE")],
        ["authenticated-read"] = [new(Authenticated, "READ")],
        ["log-delivery-write"] = [new(LogDelivery, "WRITE"), new(LogDelivery, "READ_ACP")],
        ["aws-exec-read"] = [],
        ["bucket-owner-read"] = [],
        ["bucket-owner-full-control"] = [],
    };

    /// <summary>Whether the bucket's ACL lets the caller in beside its policy.</summary>
    /// <param name="ignoresPublic">IgnorePublicAcls: grants to everyone, or to all of AWS, do not count (3.5).</param>
    public Grant Of(Resource bucket, Request request, Truth ignoresPublic, Scenario scenario)
    {
        if (request.Caller is Caller.OriginAccessIdentity || !Actions.Values.Any(a => a.Contains(request.Action, StringComparer.OrdinalIgnoreCase))) return Grant.None;
        var (granted, told) = Granted(bucket, request, ignoresPublic, scenario);
        if (granted is Truth.No) return Grant.None;
        var enabled = Read(bucket, "ownership", scenario) switch
        {
            Value.Str { Text.Known: { } ownership } => (ownership != "BucketOwnerEnforced").ToTruth(),
            _ => Truth.Unknown,
        };
        if (granted.And(enabled) is Truth.No) return Grant.None;
        var doubt = enabled is Truth.Unknown ? ", and whether object ownership leaves ACLs on is not known here" : granted is Truth.Unknown ? $", and whether that lets {request.Caller} in is not known here" : "";
        return new Grant(granted.And(enabled), $"{told}{doubt}");
    }

    private (Truth Granted, string Told) Granted(Resource bucket, Request request, Truth ignoresPublic, Scenario scenario)
    {
        var acl = Read(bucket, "acl", scenario).AsText;
        var told = $"the bucket's ACL is `{acl?.ToString() ?? "⟨not known here⟩"}`";
        var truth = acl?.Known is null ? Truth.Unknown
            : Canned.TryGetValue(Words.Kebab(acl.Known), out var entries) ? entries.Aggregate(Truth.No, (t, e) => t.Or(Covers(e.Group, e.Permission, request, ignoresPublic)))
            : Truth.Unknown;
        foreach (var grant in Grants(bucket, scenario))
        {
            var covers = Covers(grant, bucket, request, ignoresPublic, scenario);
            if (covers > truth) (truth, told) = (covers, "the bucket's ACL has a grant for it");
        }
        return (truth, told);
    }

    private IEnumerable<Value> Grants(Resource bucket, Scenario scenario) =>
        Read(bucket, "aclGrants", scenario) is Value.List list ? scenario.ReadItems(list) : [];

    private static Truth Covers(Value grant, Resource bucket, Request request, Truth ignoresPublic, Scenario scenario)
    {
        var group = Inside("group");
        if (group is Value.Unknown) return Truth.Unknown;
        var name = group.KnownText is { Length: > 0 } uri ? uri[(uri.LastIndexOf('/') + 1)..] : "";
        var permissions = Inside("permission") is Value.List several ? scenario.ReadItems(several) : [Inside("permission")];
        return permissions.Aggregate(Truth.No, (truth, p) => truth.Or(p.KnownText is { } permission ? Covers(name, permission, request, ignoresPublic) : Truth.Unknown));

        Value Inside(string field) => Fields.ReadInside(grant, bucket, bucket.Kind!.Fields["aclGrants"]!.Fields[field]!, scenario);
    }

    /// <summary>A grant to an account, by its canonical user, may be to the caller's.</summary>
    private static Truth Covers(string group, string permission, Request request, Truth ignoresPublic)
    {
        if (permission != "FULL_CONTROL" && !(Actions.TryGetValue(permission, out var actions) && actions.Contains(request.Action, StringComparer.OrdinalIgnoreCase))) return Truth.No;
        return group switch
        {
            Everyone => (request.Caller is not Caller.Service).ToTruth().And(ignoresPublic.Not()),
            Authenticated => request.Caller.IsOfAccount.ToTruth().And(ignoresPublic.Not()),
            LogDelivery => (request.Caller is Caller.Service { Name: "logging.s3.amazonaws.com" }).ToTruth(),
            "" => request.Caller.IsOfAccount ? Truth.Unknown : Truth.No,
            _ => Truth.No,
        };
    }

    private Value Read(Resource bucket, string field, Scenario scenario) => fields.Read(bucket, bucket.Kind!.Fields[field]!, scenario);
}

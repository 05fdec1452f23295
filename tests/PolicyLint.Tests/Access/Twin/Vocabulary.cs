namespace PolicyLint.Tests.Access.Twin;

/// <summary>The few words that cases are made of, so that requests and policies often meet.</summary>
internal static class Vocabulary
{
    public const string Home = "111122223333";
    public const string Away = "444455556666";
    public const string Canonical = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
    public const string IdentityArn = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1AAAAAAAAAAAA";

    /// <summary>What requests and policies about one sort of resource say.</summary>
    public sealed record Scene(string[] Actions, string[] Resources, string[] ActionPatterns, string[] ResourcePatterns);

    public static readonly Scene S3 = new(
        ["s3:GetObject", "s3:GetObject", "s3:PutObject", "s3:GetBucketPolicy"],
        ["arn:aws:s3:::b/a/o", "arn:aws:s3:::b/Bob", "arn:aws:s3:::b", "arn:aws:s3:::b/x*y", "arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/k:o"],
        ["*", "s3:*", "s3:GetObject", "S3:getobject", "s3:Get*", "s3:?etObject", "s3:PutObject", "s3:*BucketPolicy", "s3:", "s3:Get Object", "sqs:*"],
        [
            "*", "arn:aws:s3:::b/*", "arn:aws:s3:::*", "arn:aws:s3:::b", "arn:aws:s3:::b/a/*", "arn:aws:s3:::b/*/o", "arn:aws:s3:::b/?/?",
            "arn:aws:s3:::B/*", "arn:AWS:S3:::b/*", "arn:aws:s3:*", "arn:aws:s3:*", "arn:aws:s3:*", "arn:aws:s3:*:*:b*", "arn:aws:s3:::b/*:o",
            "arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/${AWS:UserName}*", "arn:aws:s3:::b/${aws:username, 'Bob'}",
            "arn:aws:s3:::b/x${*}y", "arn:aws:s3:::b/a/${?}", "arn:aws:s3:::b/${$}{aws:username}",
        ]);

    public static readonly Scene Logs = new(
        ["logs:PutLogEvents"],
        ["arn:aws:logs:us-east-1:111122223333:log-group:/app:log-stream:s", "arn:aws:logs:us-east-1:111122223333:log-group:/app"],
        ["*", "logs:*", "logs:Put*", "LOGS:PutLogEvents", "s3:*"],
        [
            "*", "arn:aws:logs:*:*:*", "arn:aws:logs:us-east-1:111122223333:log-group:/app:*", "arn:aws:logs:*:*:log-group:*:log-stream:?",
            "arn:aws:logs:*:log-stream:s", "arn:aws:logs:us-east-1:*:log-group:/app", "arn:aws:logs:us-east-1:1111*3333:log-group:/app*",
            "arn:aws:logs:*1:log-group:/app", "arn:aws:logs:us-????-1:*:log-group:${aws:username, '/app'}*",
        ]);

    public static readonly Scene Table = new(
        ["dynamodb:GetItem"],
        ["arn:aws:dynamodb:us-east-1:111122223333:table/prod-x", "arn:aws:dynamodb:us-east-1:111122223333:table/prod-x/index/i"],
        ["*", "dynamodb:*", "dynamodb:Get*", "dynamodb:GetItem", "dynamodb:Query"],
        [
            "*", "arn:aws:dynamodb:*:*:table/*", "arn:aws:dynamodb:*:table/prod-*", "arn:aws:dynamodb:us-east-1:111122223333:table/prod-?",
            "arn:aws:dynamodb:US-EAST-1:*:table/prod-x", "arn:aws:dynamodb:*:*:TABLE/*", "arn:aws:dynamodb:us-east-1:*",
        ]);

    public static readonly Scene Topic = new(
        ["sns:Publish"],
        ["arn:aws:sns:us-east-1:111122223333:t"],
        ["*", "sns:*", "sns:Publish", "sns:Subscribe"],
        ["*", "arn:aws:sns:*:*:t", "arn:aws:sns:us-east-1:111122223333:u"]);

    /// <summary>What a condition key holds and what policies compare it with, by which operators.</summary>
    public sealed record Subject(string Key, string[] Operators, string[] Held, string[] Values, bool Multivalued = false);

    private static readonly string[] Strings =
        ["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike", "Null"];

    private static readonly string[] Arns = ["ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike", "StringLike", "StringEquals"];

    private static readonly string[] Numbers =
        ["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals"];

    private static readonly string[] Dates =
        ["DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals"];

    public static readonly Subject[] Subjects =
    [
        new("aws:username", Strings, ["Bob", "bob", "B*"], ["Bob", "bob", "B*", "?ob", "Alice", "${aws:PrincipalTag/team}", "B${*}"]),
        new("aws:PrincipalTag/team", Strings, ["Bob", "red"], ["red", "R*", "${aws:username}", "${aws:username, 'red'}", "x${aws:username}"]),
        new("aws:SourceVpce", Strings, ["vpce-1", "vpce-2"], ["vpce-1", "vpce-2", "vpce-*", "VPCE-1"]),
        new("aws:TagKeys", Strings, ["a", "b", "ab", ""], ["a", "A", "b", "a*", "?", "*"], Multivalued: true),
        new("aws:CalledVia", Strings, ["kms.amazonaws.com", ""], ["kms.amazonaws.com", "*.amazonaws.com", "KMS.amazonaws.com"], Multivalued: true),
        new("aws:SecureTransport", ["Bool", "Bool", "Null", "StringEquals"], ["true", "false"], ["true", "false", "False", "yes", "${aws:username}"]),
        new("aws:SourceIp", ["IpAddress", "NotIpAddress"], ["203.0.113.5", "10.1.2.3", "2001:db8::5"],
            ["203.0.113.5", "203.0.113.0/24", "10.0.0.0/8", "2001:db8::/32", "2001:db8::5", "0.0.0.0/0"]),
        new("aws:SourceArn", Arns, ["arn:aws:s3:::b", "arn:aws:sns:us-east-1:111122223333:t:x", "b"],
            ["arn:aws:s3:::b", "arn:aws:s3:::*", "arn:aws:s3:*:*:b", "arn:aws:*:us-*:*:t*", "arn:aws:sns:*:t:x", "arn:aws:S3:::b", "arn:aws:s3:::${aws:username}"]),
        new("aws:CurrentTime", Dates, ["2024-01-01T00:00:00Z", "2024-06-01T12:00:00+02:00", "1704067200"],
            ["2024-01-01T00:00:00Z", "2024-01-01", "1704067200", "2024-06-01T10:00:00Z", "2024-03", "2024-01-01T00:00:00.500Z"]),
        new("aws:PrincipalTag/blob", ["BinaryEquals"], ["Qm9i", "cmVk"], ["Qm9i", "cmVk", "AAAA"]),
        new("s3:max-keys", [.. Numbers, "Null"], ["10", "9.5", "abc"], ["10", "10.0", "9", "-1", "abc"]),
    ];

    /// <summary>Principals that mean somebody else, or nobody.</summary>
    public static readonly (string Type, string Text)[] Others =
    [
        ("AWS", Home), ("AWS", Away), ("AWS", $"arn:aws:iam::{Home}:root"), ("AWS", $"arn:aws:iam::{Home}:user/Bob"),
        ("AWS", $"arn:aws:iam::{Home}:user/bob"), ("AWS", $"arn:aws:iam::{Home}:role/svc/R"),
        ("AWS", $"arn:aws:iam::{Home}:role/*"), ("AWS", $"arn:aws:iam::{Home}:role/?"), ("AWS", "AROAEXAMPLEEXAMPLEEXA"),
        ("AWS", $"arn:aws:sts::{Home}:federated-user/Bob"), ("AWS", $"arn:aws:sts::{Home}:assumed-role/R/s"),
        ("AWS", $"arn:aws:sts::{Home}:assumed-role/R/*"), ("AWS", IdentityArn), ("CanonicalUser", Canonical),
        ("Service", "cloudfront.amazonaws.com"), ("Service", "logs.amazonaws.com"), ("Federated", "cognito-identity.amazonaws.com"),
    ];
}

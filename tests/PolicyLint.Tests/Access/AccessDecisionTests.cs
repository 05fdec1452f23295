using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

public class AccessDecisionTests
{
    private const string Account = "111122223333";
    private const string Objects = "Resource: 'arn:aws:s3:::b/*'";
    private const string RoleArn = "arn:aws:iam::111122223333:role/R";
    private const string SessionArn = "arn:aws:sts::111122223333:assumed-role/R/s";
    private const string UserArn = "arn:aws:iam::111122223333:user/Bob";
    private const string AllowAll = "{ Effect: Allow, Action: '*', Resource: '*' }";
    private const string AllowSqs = "{ Effect: Allow, Action: 'sqs:*', Resource: '*' }";

    private static readonly Caller Session = new Caller.RoleSession(Text.Of(RoleArn), Text.Of(SessionArn));
    private static readonly Caller Bob = new Caller.User(Text.Of(UserArn));
    private static readonly Caller Foreign = new Caller.RoleSession(Text.Of("arn:aws:iam::444455556666:role/F"));
    private static readonly Caller CloudTrail = new Caller.Service("cloudtrail.amazonaws.com");

    private static PolicySet Bucket(params IEnumerable<string> statements) => Set("the bucket policy", statements);

    private static PolicySet Identity(params IEnumerable<string> statements) => Set("the identity policies", statements);

    private static PolicySet Set(string name, params IEnumerable<string> statements) =>
        statements.Any() ? new PolicySet(name, [Given.PolicyOf(statements)], "") : PolicySet.None(name);

    private static World WorldOf(PolicySet resource) => new(Text.Of(Account), resource);

    private static string Allow(string principal, string more = "") => $"{{ Effect: Allow, Principal: {principal}, Action: 's3:GetObject', {Objects}{more} }}";

    private static string Deny(string principal, string more = "") => $"{{ Effect: Deny, Principal: {principal}, Action: 's3:*', Resource: '*'{more} }}";

    private static string Aws(string arn) => $"{{ AWS: '{arn}' }}";

    private static string When(string condition) => $", Condition: {{ {condition} }}";

    private static Decision Decide(Caller caller, World world, RequestContext? context = null, string action = "s3:GetObject", string resource = "arn:aws:s3:::b/o") =>
        AccessDecision.Decide(new Request(caller, action, Given.TextOf(resource), context ?? RequestContext.For(caller)), world);

    private static void AssertDenied(string reason, Decision decision)
    {
        Assert.Equal(Truth.No, decision.Allowed);
        Assert.Contains(reason, decision.Reason, StringComparison.Ordinal);
    }

    private static void AssertAllowed(Decision decision) => Assert.Equal((Truth.Yes, decision.Reason), (decision.Allowed, decision.Reason));

    [Fact]
    public void T_201_a_bucket_policy_that_names_the_role_is_enough()
    {
        var decision = Decide(Session, WorldOf(Bucket(Allow(Aws(RoleArn)))) with { Identity = Identity() });
        AssertAllowed(decision);
        Assert.Equal("statement 1 of the bucket policy allows it", decision.Reason);
    }

    [Fact]
    public void T_202_a_boundary_limits_what_is_granted_to_the_role() => AssertDenied(
        "the boundary", Decide(Session, WorldOf(Bucket(Allow(Aws(RoleArn)))) with { Identity = Identity(), Boundary = Set("the boundary", AllowSqs) }));

    [Fact]
    public void T_203_a_boundary_does_not_limit_what_is_granted_to_the_session() => AssertAllowed(
        Decide(Session, WorldOf(Bucket(Allow(Aws(SessionArn)))) with { Identity = Identity(), Boundary = Set("the boundary", AllowSqs) }));

    [Fact]
    public void T_204_a_boundary_does_not_limit_what_is_granted_to_the_user() => AssertAllowed(
        Decide(Bob, WorldOf(Bucket(Allow(Aws(UserArn)))) with { Identity = Identity(), Boundary = Set("the boundary", AllowSqs) }));

    [Fact]
    public void T_205_the_account_alone_grants_its_users_nothing() => AssertDenied(
        "the identity policies", Decide(Bob, WorldOf(Bucket(Allow(Aws(Account)))) with { Identity = Identity() }));

    [Fact]
    public void T_206_across_accounts_the_identity_policies_must_allow_too() => AssertDenied(
        "the identity policies", Decide(Foreign, WorldOf(Bucket(Allow(Aws("arn:aws:iam::444455556666:role/F")))) with { Identity = Identity() }));

    [Fact]
    public void T_207_across_accounts_the_bucket_policy_must_allow_too() => AssertDenied(
        "the bucket policy", Decide(Foreign, WorldOf(Bucket()) with { Identity = Identity(AllowAll) }));

    [Fact]
    public void T_208_every_level_of_the_organization_must_allow() => AssertDenied(
        "the policies of the OU", Decide(Session, WorldOf(Bucket()) with
        {
            Identity = Identity(AllowAll),
            ServiceControl = [Set("the policies of the root", AllowAll), Set("the policies of the OU", AllowSqs)],
        }));

    [Fact]
    public void A_service_control_policy_denies_the_root_user_too()
    {
        var world = WorldOf(Bucket(Allow(Aws(Account)))) with { ServiceControl = [Set("the policies of the root", AllowAll, "{ Effect: Deny, Action: 's3:*', Resource: '*' }")] };
        AssertDenied("the policies of the root", Decide(new Caller.Root(Text.Of(Account)), world));
    }

    [Theory]
    [InlineData(Truth.Yes, Truth.Yes)]
    [InlineData(Truth.Unknown, Truth.Unknown)]
    [InlineData(Truth.No, Truth.No)]
    public void T_209_a_service_control_policy_does_not_reach_the_management_account(Truth outside, Truth expected)
    {
        var world = WorldOf(Bucket()) with
        {
            Identity = Identity(AllowAll),
            ServiceControl = [Set("the policies of the root", AllowAll, "{ Effect: Deny, Action: 's3:*', Resource: '*' }")],
            OutsideServiceControl = outside,
        };
        var decision = Decide(Session, world);
        Assert.Equal(expected, decision.Allowed);
        if (expected is Truth.Unknown) Assert.Contains($"would be allowed if {SessionArn} is of the management account", decision.Account.Changes.Select(c => c.ToString()));
    }

    [Theory]
    [InlineData("{ Effect: Deny, Action: '*', Resource: '*' }")]
    [InlineData(AllowSqs)]
    public void T_210_a_service_control_policy_does_not_reach_services(string statement)
    {
        var world = WorldOf(Bucket(Allow("{ Service: cloudtrail.amazonaws.com }"), Allow("'*'"))) with { ServiceControl = [Set("the policies of the root", statement)] };
        AssertAllowed(Decide(CloudTrail, world));
        AssertAllowed(Decide(new Caller.Anonymous(), world));
    }

    [Theory]
    [InlineData("StringNotEqualsIfExists: { aws:PrincipalOrgID: o-1 }", Truth.No)]
    [InlineData("StringNotEqualsIfExists: { aws:PrincipalOrgID: o-1 }, BoolIfExists: { aws:PrincipalIsAWSService: false }", Truth.Yes)]
    public void T_211_a_resource_control_policy_reaches_services(string condition, Truth expected)
    {
        var world = WorldOf(Bucket(Allow("{ Service: cloudtrail.amazonaws.com }"))) with { ResourceControl = [Set("the resource control policies", Deny("'*'", When(condition)))] };
        var decision = Decide(CloudTrail, world);
        Assert.Equal(expected, decision.Allowed);
        if (expected is Truth.No) Assert.Contains("the resource control policies", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void T_212_a_trust_policy_that_names_the_account_needs_an_identity_policy() =>
        AssertDenied("the identity policies", AssumeRole(Aws(Account), Identity()));

    [Fact]
    public void An_account_s_trust_and_an_identity_policy_are_enough() =>
        AssertAllowed(AssumeRole(Aws(Account), Identity("{ Effect: Allow, Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::111122223333:role/R' }")));

    [Fact]
    public void T_213_a_trust_policy_that_names_the_user_is_enough() => AssertAllowed(AssumeRole(Aws(UserArn), Identity()));

    private static Decision AssumeRole(string principal, PolicySet identity) => Decide(
        Bob, WorldOf(Set("the trust policy", $"{{ Effect: Allow, Principal: {principal}, Action: 'sts:AssumeRole' }}")) with { Identity = identity }, action: "sts:AssumeRole", resource: RoleArn);

    [Theory]
    [InlineData(false, Truth.Yes)]
    [InlineData(true, Truth.No)]
    public void T_214_NotPrincipal_always_denies_who_has_a_boundary(bool bounded, Truth expected)
    {
        var world = WorldOf(Bucket(Allow("'*'"), $"{{ Effect: Deny, NotPrincipal: {{ AWS: ['{UserArn}', '{Account}'] }}, Action: '*', Resource: '*' }}")) with
        {
            Identity = Identity(AllowAll),
            Boundary = bounded ? Set("the boundary", AllowAll) : null,
        };
        var decision = Decide(Bob, world);
        Assert.Equal(expected, decision.Allowed);
        if (bounded) Assert.Contains($"statement 2 of the bucket policy denies it to {UserArn} explicitly, as to everyone but `{UserArn}`, `{Account}`", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void T_215_a_session_policy_limits_what_is_granted_to_the_role() => AssertDenied(
        "the session policy", Decide(Session, WorldOf(Bucket(Allow(Aws(RoleArn)))) with { Identity = Identity(AllowAll), Session = Set("the session policy", AllowSqs) }));

    [Fact]
    public void T_216_everybody_means_anonymous_too() => AssertAllowed(Decide(new Caller.Anonymous(), WorldOf(Bucket(Allow("'*'")))));

    [Fact]
    public void T_217_the_endpoint_s_policy_must_allow() => AssertDenied(
        "the endpoint policy", Decide(Session, WorldOf(Bucket(Allow(Aws(RoleArn)))) with { Identity = Identity(AllowAll), Endpoint = Set("the endpoint policy", "{ Effect: Allow, Principal: '*', Action: 'sqs:*', Resource: '*' }") }));

    public static TheoryData<string, string, bool, bool, bool, Truth> Formulas() => new()
    {
        // who, principal of the bucket policy's Allow, identity allows, boundary allows, session policy allows
        { "user", "'*'", false, false, false, Truth.Yes },
        { "user", Aws(Account), false, true, true, Truth.No },
        { "user", Aws(Account), true, true, true, Truth.Yes },
        { "user", Aws("arn:aws:iam::111122223333:user/Eve"), true, true, true, Truth.Yes },
        { "user", Aws("arn:aws:iam::111122223333:user/Eve"), true, false, true, Truth.No },
        { "session", "'*'", false, false, false, Truth.Yes },
        { "session", Aws(SessionArn), false, false, false, Truth.Yes },
        { "session", Aws(RoleArn), false, true, true, Truth.Yes },
        { "session", Aws(RoleArn), true, false, true, Truth.No },
        { "session", Aws(RoleArn), true, true, false, Truth.No },
        { "session", Aws(Account), true, true, true, Truth.Yes },
        { "session", Aws(Account), true, true, false, Truth.No },
        { "foreign", "'*'", true, true, true, Truth.Yes },
        { "foreign", "'*'", false, true, true, Truth.No },
        { "foreign", Aws("444455556666"), true, true, true, Truth.Yes },
        { "foreign", Aws("444455556666"), true, false, true, Truth.No },
        { "foreign", Aws("444455556666"), true, true, false, Truth.No },
        { "foreign", Aws("arn:aws:iam::444455556666:role/F"), true, true, true, Truth.Yes },
        { "foreign", Aws(Account), true, true, true, Truth.No },
        { "service", "'*'", false, false, false, Truth.Yes },
        { "service", "{ Service: cloudtrail.amazonaws.com }", false, false, false, Truth.Yes },
        { "service", Aws(Account), true, true, true, Truth.No },
        { "anonymous", "'*'", false, false, false, Truth.Yes },
        { "anonymous", "{ AWS: '*' }", false, false, false, Truth.Yes },
        { "anonymous", Aws(Account), true, true, true, Truth.No },
    };

    [Theory]
    [MemberData(nameof(Formulas))]
    public void The_formulas_of_2_3(string who, string principal, bool identity, bool boundary, bool session, Truth expected)
    {
        var caller = who switch { "user" => Bob, "session" => Session, "foreign" => Foreign, "service" => CloudTrail, _ => new Caller.Anonymous() };
        var world = WorldOf(Bucket(Allow(principal)));
        if (who is "user" or "session" or "foreign")
            world = world with { Identity = Granting("i", identity), Boundary = Granting("b", boundary), Session = Granting("s", session) };
        Assert.Equal(expected, Decide(caller, world).Allowed);

        static PolicySet Granting(string name, bool grants) => Set(name, grants ? AllowAll : AllowSqs);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("boundary")]
    [InlineData("session")]
    [InlineData("endpoint")]
    [InlineData("service control")]
    [InlineData("resource control")]
    [InlineData("resource")]
    public void An_explicit_Deny_wins_wherever_it_stands(string where)
    {
        var allow = Set("allowing", AllowAll);
        var deny = Set($"the {where} policy", AllowAll, "{ Sid: Never, Effect: Deny, Action: 's3:Get*', Resource: '*' }");
        var world = WorldOf(where == "resource" ? Bucket(Allow(Aws(RoleArn)), Deny(Aws(RoleArn), ", Sid: Never")) : Bucket(Allow(Aws(RoleArn)))) with
        {
            Identity = where == "identity" ? deny : allow,
            Boundary = where == "boundary" ? deny : null,
            Session = where == "session" ? deny : null,
            Endpoint = where == "endpoint" ? deny : null,
            ServiceControl = where == "service control" ? [allow, deny] : [allow],
            ResourceControl = where == "resource control" ? [deny] : [],
        };
        AssertDenied($"statement `Never` of the {(where == "resource" ? "bucket" : where)} policy denies it to {SessionArn} explicitly", Decide(Session, world));
    }

    [Theory]
    [InlineData("identity", Truth.Unknown)]
    [InlineData("boundary", Truth.Unknown)]
    [InlineData("service control", Truth.Unknown)]
    [InlineData("endpoint", Truth.Unknown)]
    [InlineData("resource", Truth.Unknown)]
    public void A_policy_that_is_not_known_leaves_it_open(string where, Truth expected)
    {
        var unread = new PolicySet($"the {where} policy", [new Policy(null, [], Given.Here, "it is imported")], "");
        var allow = Set("allowing", AllowAll);
        var world = WorldOf(where == "resource" ? unread : Bucket()) with
        {
            Identity = where == "identity" ? unread : allow,
            Boundary = where == "boundary" ? unread : null,
            Endpoint = where == "endpoint" ? unread : null,
            ServiceControl = where == "service control" ? [unread] : [],
        };
        var decision = Decide(Session, world);
        Assert.Equal(expected, decision.Allowed);
        Assert.Equal($"the {where} policy is not known: it is imported", decision.Reason);
    }

    [Theory]
    // 8.3 rule 4: an account that nobody told may be the bucket's or another
    [InlineData("arn:aws:iam::444455556666:role/F", true, Truth.Yes)]
    [InlineData("arn:aws:iam::444455556666:role/F", false, Truth.Unknown)]
    [InlineData("arn:aws:iam::444455556666:role/Other", true, Truth.Unknown)]
    [InlineData("arn:aws:iam::444455556666:role/Other", false, Truth.No)]
    public void Where_the_account_is_not_known_both_formulas_must_agree(string principal, bool identity, Truth expected)
    {
        var world = new World(Given.TextOf("⟨account⟩"), Bucket(Allow(Aws(principal)))) with { Identity = Identity(identity ? AllowAll : AllowSqs) };
        Assert.Equal(expected, Decide(Foreign, world).Allowed);
    }

    [Theory]
    [InlineData("cloudtrail", Truth.Yes)]
    [InlineData("account 2", Truth.No)]
    [InlineData("owner's role", Truth.Yes)]
    [InlineData("owner's other role", Truth.Yes)]
    [InlineData("anonymous", Truth.No)]
    [InlineData("oai", Truth.No)]
    public void T_307_a_restricted_public_bucket_lets_in_services_and_its_own_account(string who, Truth expected)
    {
        var world = WorldOf(Bucket(Allow("{ Service: cloudtrail.amazonaws.com }"), Allow(Aws("444455556666")), Allow("'*'"))) with { RestrictPublicBuckets = Truth.Yes, ResourceSideOnly = true };
        Caller caller = who switch
        {
            "cloudtrail" => CloudTrail,
            "account 2" => new Caller.AccountMember(Text.Of("444455556666")),
            "owner's role" => Session,
            "owner's other role" => new Caller.RoleSession(Text.Of("arn:aws:iam::111122223333:role/Other")),
            "oai" => new Caller.OriginAccessIdentity(Text.Of("arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1AAAAAAAAAAAA"), null),
            _ => new Caller.Anonymous(),
        };
        var decision = Decide(caller, world);
        Assert.Equal(expected, decision.Allowed);
        if (expected is Truth.No) Assert.Equal("Block Public Access is on and the bucket policy is public, so only the bucket's own account and AWS services get in", decision.Reason);
    }

    [Theory]
    [InlineData(Truth.Yes, "{ StringEquals: { aws:SourceVpce: vpce-1 } }", Truth.Yes)]
    [InlineData(Truth.Unknown, "{ StringEquals: { aws:SourceVpce: vpce-1 } }", Truth.Yes)]
    [InlineData(Truth.Yes, "{ StringLike: { aws:SourceVpce: 'vpce-*' } }", Truth.No)]
    [InlineData(Truth.Unknown, "{ StringLike: { aws:SourceVpce: 'vpce-*' } }", Truth.Unknown)]
    [InlineData(Truth.Yes, "{ StringEquals: { aws:SourceVpce: ⟨parameter P⟩ } }", Truth.Unknown)]
    [InlineData(Truth.No, "{ StringLike: { aws:SourceVpce: 'vpce-*' } }", Truth.Yes)]
    public void What_may_be_blocked_as_public_is_not_certain(Truth restricted, string condition, Truth expected)
    {
        var world = WorldOf(Bucket(Allow("'*'", $", Condition: {condition}"))) with { RestrictPublicBuckets = restricted };
        Assert.Equal(expected, Decide(new Caller.Anonymous(), world).Allowed);
    }

    [Theory]
    [InlineData(Truth.Yes, Truth.No)]
    [InlineData(Truth.Unknown, Truth.Unknown)]
    [InlineData(Truth.No, Truth.Yes)]
    public void T_305_no_Allow_of_the_bucket_counts_for_an_object_of_another_account(Truth ownedByAnother, Truth expected)
    {
        var cloudFront = new Caller.Service("cloudfront.amazonaws.com");
        var decision = Decide(cloudFront, WorldOf(Bucket(Allow("{ Service: cloudfront.amazonaws.com }"))) with { OwnedByAnother = ownedByAnother });
        var reason = expected switch
        {
            Truth.Yes => "statement 1 of the bucket policy allows it",
            Truth.No => "the object belongs to another account than the bucket, so no Allow of the bucket policy counts for it: only its own ACL, or its owner, lets cloudfront.amazonaws.com in",
            _ => "whether the object belongs to the bucket's own account is not known here",
        };
        Assert.Equal((expected, reason), (decision.Allowed, decision.Reason));
    }

    [Fact]
    public void A_Deny_of_the_bucket_counts_for_an_object_of_another_account() => AssertDenied(
        "statement 2 of the bucket policy denies it", Decide(CloudTrail, WorldOf(Bucket(Allow("'*'"), Deny("'*'"))) with { OwnedByAnother = Truth.Yes }));

    [Fact]
    public void T_313_an_upload_without_the_header_is_denied()
    {
        var world = WorldOf(Bucket(
            $"{{ Effect: Allow, Principal: '*', Action: 's3:PutObject', {Objects} }}",
            $"{{ Effect: Deny, Principal: '*', Action: 's3:PutObject', {Objects}, Condition: {{ StringNotEquals: {{ s3:x-amz-server-side-encryption: 'aws:kms' }} }} }}"));
        var context = RequestContext.For(CloudTrail);
        Assert.Equal(Truth.No, Put(context.With("s3:x-amz-server-side-encryption", ContextValue.Absent)));
        Assert.Equal(Truth.Yes, Put(context.With("s3:x-amz-server-side-encryption", ContextValue.Of("aws:kms"))));
        Assert.Equal(Truth.Unknown, Put(context));

        Truth Put(RequestContext keys) => Decide(CloudTrail, world, keys, "s3:PutObject").Allowed;
    }

    [Fact]
    public void T_801_whether_a_parameter_is_the_caller_is_not_known()
    {
        var decision = Decide(Session, WorldOf(Bucket(Allow(Aws("⟨parameter Reader⟩")))) with { Identity = Identity() });
        Assert.Equal(Truth.Unknown, decision.Allowed);
        Assert.Equal($"statement 1 of the bucket policy: whether its principal `⟨parameter Reader⟩` is {SessionArn} is not known here", decision.Reason);
    }

    [Fact]
    public void T_802_a_certain_Deny_outweighs_an_unknown_Allow() =>
        AssertDenied($"statement 2 of the bucket policy denies it to {SessionArn} explicitly", Decide(Session, WorldOf(Bucket(Allow(Aws("⟨parameter Reader⟩")), Deny("'*'")))));

    [Theory]
    [InlineData("T-803", "StringEquals", Truth.Yes)]
    [InlineData("T-804", "StringNotEquals", Truth.No)]
    public void A_key_that_is_absent_makes_the_value_irrelevant(string id, string @operator, Truth expected)
    {
        Assert.NotEmpty(id);
        var world = WorldOf(Bucket(Allow("'*'"), Deny("'*'", When($"{@operator}: {{ aws:SourceVpce: ⟨parameter Endpoint⟩ }}"))));
        Assert.Equal(expected, Decide(CloudTrail, world).Allowed);
    }

    [Fact]
    public void T_805_a_Deny_on_another_new_bucket_does_not_hit()
    {
        var world = WorldOf(Bucket(
            "{ Effect: Allow, Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::⟨bucket Bucket⟩/*' }",
            "{ Effect: Deny, Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::⟨bucket Other⟩/*' }"));
        AssertAllowed(Decide(CloudTrail, world, resource: "arn:aws:s3:::⟨bucket Bucket⟩/⟨any key⟩"));
    }

    [Fact]
    public void T_810_anonymous_is_of_no_organization() =>
        AssertDenied("the bucket policy", Decide(new Caller.Anonymous(), WorldOf(Bucket(Allow("'*'", When("StringEquals: { aws:PrincipalOrgID: ⟨parameter Org⟩ }"))))));

    [Fact]
    public void T_812_an_action_that_is_a_parameter_is_not_known() =>
        Assert.Equal(Truth.Unknown, Decide(CloudTrail, WorldOf(Bucket("{ Effect: Allow, Principal: '*', Action: ⟨parameter Action⟩, Resource: '*' }"))).Allowed);

    [Theory]
    [InlineData("arn:aws:s3:::b/*", Truth.No)]
    [InlineData("arn:aws:s3:::b/private/*", Truth.Yes)]
    [InlineData("arn:aws:s3:::b/⟨parameter Prefix⟩", Truth.Unknown)]
    public void A_Deny_on_some_objects_is_none_on_an_ordinary_one(string resource, Truth expected)
    {
        var world = WorldOf(Bucket(Allow("'*'"), $"{{ Effect: Deny, Principal: '*', Action: '*', Resource: '{resource}' }}"));
        Assert.Equal(expected, Decide(CloudTrail, world, resource: "arn:aws:s3:::b/⟨any key⟩").Allowed);
    }

    [Theory]
    [InlineData("arn:aws:s3:::b/public/*", Truth.No)]
    [InlineData("arn:aws:s3:::b/*", Truth.Yes)]
    public void A_Deny_on_all_but_some_objects_is_one_on_an_ordinary_one(string resource, Truth expected)
    {
        var world = WorldOf(Bucket(Allow("'*'"), $"{{ Effect: Deny, Principal: '*', Action: '*', NotResource: '{resource}' }}"));
        Assert.Equal(expected, Decide(CloudTrail, world, resource: "arn:aws:s3:::b/⟨any key⟩").Allowed);
    }

    [Theory]
    [InlineData("'*'", Truth.No)]
    [InlineData("{ AWS: '444455556666' }", Truth.Yes)]
    [InlineData("{ AWS: 'arn:aws:iam::444455556666:role/F' }", Truth.Yes)]
    [InlineData("{ AWS: ['*', 'arn:aws:iam::444455556666:role/F'] }", Truth.No)]
    [InlineData("{ AWS: ['444455556666', ⟨parameter P⟩] }", Truth.Unknown)]
    [InlineData("{ AWS: ⟨parameter P⟩ }", Truth.Unknown)]
    public void A_Deny_for_one_stranger_leaves_the_others_alone(string principal, Truth expected)
    {
        var world = WorldOf(Bucket(Allow("'*'"), Deny(principal))) with { ResourceSideOnly = true };
        Assert.Equal(expected, Decide(new Caller.Stranger(Text.Of(Account)), world).Allowed);
    }

    [Fact]
    public void An_unknown_Deny_leaves_an_Allow_open_and_says_which()
    {
        var decision = Decide(CloudTrail, WorldOf(Bucket(Allow("'*'"), Deny("'*'", ", Sid: Vpc" + When("StringNotEquals: { aws:SourceAccount: '111122223333' }")))));
        Assert.Equal(Truth.Unknown, decision.Allowed);
        Assert.Equal("statement `Vpc` of the bucket policy may deny it: whether its condition `StringNotEquals aws:SourceAccount 111122223333` holds is not known here", decision.Reason);
    }

    [Fact]
    public void An_unknown_Deny_of_what_nothing_allows_is_irrelevant() =>
        AssertDenied("the bucket policy", Decide(CloudTrail, WorldOf(Bucket(Allow(Aws(Account)), Deny("'*'", When("StringNotEquals: { aws:SourceAccount: '111122223333' }"))))));

    [Theory]
    [InlineData("{ Service: s3.amazonaws.com }", "s3:GetObject", "b/*", "its principal is `s3.amazonaws.com`, not cloudtrail.amazonaws.com")]
    [InlineData("{ Service: cloudtrail.amazonaws.com }", "s3:PutObject", "b/*", "its actions do not cover s3:GetObject")]
    [InlineData("{ Service: cloudtrail.amazonaws.com }", "s3:GetObject", "b", "its resource `arn:aws:s3:::b` does not cover arn:aws:s3:::b/o")]
    public void A_near_miss_is_told(string principal, string action, string resource, string why)
    {
        var decision = Decide(CloudTrail, WorldOf(Bucket($"{{ Effect: Allow, Principal: {principal}, Action: '{action}', Resource: 'arn:aws:s3:::{resource}' }}")));
        Assert.Equal($"no statement of the bucket policy allows s3:GetObject to cloudtrail.amazonaws.com: statement 1 comes nearest, but {why}", decision.Reason);
        Assert.Equal($"statement 1 of the bucket policy does not apply: {why}", Assert.Single(decision.Trace).Text);
    }

    [Fact]
    public void The_condition_that_decides_is_told_where_all_stand_at_one_place()
    {
        var problems = new List<PolicyLint.Engine.Documents.Problem>();
        var json = """'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"},"StringEquals":{"aws:PrincipalOrgID":"o-1"}}}]}'""";
        var policy = PolicyReader.Read(Given.ValueOf(json), null, Scenario.Start(), problems);
        Assert.Empty(problems);
        AssertDenied("its condition `StringEquals aws:PrincipalOrgID o-1` does not hold: the request has no such key", Decide(new Caller.Anonymous(), WorldOf(new PolicySet("the bucket policy", [policy], ""))));
    }

    [Fact]
    public void A_bucket_without_a_policy_says_so() =>
        Assert.Equal("the bucket policy does not exist, so nothing lets cloudtrail.amazonaws.com in", Decide(CloudTrail, WorldOf(Bucket())).Reason);
}

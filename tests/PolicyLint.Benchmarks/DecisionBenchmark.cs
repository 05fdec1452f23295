using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;
using Text = PolicyLint.Engine.Resources.Text;

namespace PolicyLint.Benchmarks;

/// <summary>Decisions on a bucket whose policy has 50 statements, with names that are known in part: the bucket's, the
/// account's, the distribution's and a parameter. One operation is one decision; several requests take turns.</summary>
[MemoryDiagnoser]
public class DecisionBenchmark
{
    /// <summary>The least number of decisions a second on one core.</summary>
    public const int Target = 200_000;

    private const int Statements = 50;
    private const int Turns = 6;
    private Request[] requests = [];
    private World world = null!;

    [GlobalSetup]
    public void Read()
    {
        var problems = new List<Problem>();
        var kinds = RuleSetReader.Read(RuleFile.Shipped().Where(f => f.IsKind).Select(f => f.WithoutExamples()), problems).Kinds;
        var input = new Input("template.yaml", Named: true, () => Encoding.UTF8.GetBytes(Template()));
        var (graph, _) = GraphReader.Read([input], new Wanted(Deployment.Unsaid, kinds, new HashSet<string>()), problems);
        var fields = new Fields(graph);
        var bucket = graph.Of("s3-bucket").Single();
        var cdn = graph.Of("cloudfront-distribution").Single();
        var any = bucket.Identify("arn") + Text.Of("/") + Text.Of(Request.AnyKey);
        Caller service = new Caller.Service("cloudfront.amazonaws.com");
        Caller role = new Caller.RoleSession(Text.Of("arn:aws:iam::") + bucket.Stack.Surroundings.Account + Text.Of(":role/deploy"));
        Caller foreign = new Caller.RoleSession(Text.Of("arn:aws:iam::444455556666:role/Reader49"));
        Caller anonymous = new Caller.Anonymous();
        requests =
        [
            new Request(service, "s3:GetObject", bucket.Identify("arn") + Text.Of("/area0/") + Text.Of(Request.AnyKey), RequestContext.For(service).With("aws:SourceArn", ContextValue.Of(cdn.Identify("arn")))),
            new Request(role, "s3:PutObject", any, RequestContext.For(role)),
            new Request(foreign, "s3:GetObject", any, RequestContext.For(foreign)),
            new Request(anonymous, "s3:ListBucket", bucket.Identify("arn"), RequestContext.For(anonymous)),
            new Request(service, "s3:PutObject", any, RequestContext.For(service).With("aws:SourceArn", ContextValue.Of(cdn.Identify("arn")))),
            new Request(foreign, "s3:DeleteObject", bucket.Identify("arn") + Text.Of("/area7/x"), RequestContext.For(foreign)),
        ];
        world = new S3(fields, new StatedPolicies(graph, fields, problems)).WorldOf(bucket, requests[0], Scenario.Start()) with
        {
            Identity = PolicySet.None("the identity policies") with { Open = "they are not in the input" },
        };
        var decisions = requests.Select(r => AccessDecision.Decide(r, world).Allowed).ToList();
        if (problems.Count > 0 || world.Resource.Policies[0].Statements.Length != Statements || decisions.Distinct().Count() != 3)
            throw new InvalidOperationException($"the policy is not what it should be: {string.Join(", ", decisions)}{string.Concat(problems)}");
    }

    private static string Template()
    {
        var text = new StringBuilder("""
            AWSTemplateFormatVersion: "2010-09-09"
            Parameters: { Partner: { Type: String } }
            Resources:
              Site: { Type: AWS::S3::Bucket, Properties: { PublicAccessBlockConfiguration: { BlockPublicPolicy: false } } }
              Cdn: { Type: AWS::CloudFront::Distribution, Properties: { DistributionConfig: { Enabled: true, Origins: [] } } }
              Policy:
                Type: AWS::S3::BucketPolicy
                Properties:
                  Bucket: !Ref Site
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement:
            """).Append('\n');
        for (var i = 0; i < Statements; i++) text.Append("            - ").Append(Statement(i)).Append('\n');
        return text.ToString();
    }

    private static string Statement(int i) => (i % 5) switch
    {
        0 => $$"""{ Effect: Allow, Principal: { Service: cloudfront.amazonaws.com }, Action: s3:GetObject, Resource: !Sub "${Site.Arn}/area{{Number(i)}}/*", Condition: { StringEquals: { AWS:SourceArn: !Sub "arn:aws:cloudfront::${AWS::AccountId}:distribution/${Cdn}" } } }""",
        1 => $$"""{ Effect: Allow, Principal: { AWS: !Sub "arn:aws:iam::${AWS::AccountId}:role/Writer{{Number(i)}}" }, Action: [s3:PutObject, s3:DeleteObject], Resource: !Sub "${Site.Arn}/*" }""",
        2 => $$"""{ Effect: Deny, Principal: "*", Action: s3:*, Resource: [!GetAtt Site.Arn, !Sub "${Site.Arn}/*"], Condition: { Bool: { aws:SecureTransport: false } } }""",
        3 => $$"""{ Effect: Allow, Principal: { AWS: !Sub "arn:aws:iam::${Partner}:root" }, Action: s3:Get*, Resource: !Sub "${Site.Arn}/shared{{Number(i)}}/*", Condition: { StringLike: { aws:PrincipalArn: !Sub "arn:aws:iam::${Partner}:role/app-*" } } }""",
        _ => $$"""{ Effect: Allow, Principal: { AWS: "arn:aws:iam::444455556666:role/Reader{{Number(i)}}" }, Action: [s3:GetObject, s3:ListBucket], Resource: [!GetAtt Site.Arn, !Sub "${Site.Arn}/*"] }""",
    };

    private static string Number(int i) => i.ToString(CultureInfo.InvariantCulture);

    /// <summary>Each of the requests once.</summary>
    [Benchmark(OperationsPerInvoke = Turns)]
    public int Decide()
    {
        var sum = 0;
        foreach (var request in requests) sum += (int)AccessDecision.Decide(request, world).Allowed;
        return sum;
    }

    /// <summary>Runs the benchmark; 1 where <paramref name="check"/> asks for the target and it is missed.</summary>
    public static int Run(bool check)
    {
        var config = ManualConfig.Create(DefaultConfig.Instance)
            .AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance))
            .AddColumn(StatisticColumn.OperationsPerSecond)
            .WithOptions(ConfigOptions.DisableOptimizationsValidator);
        var measured = BenchmarkRunner.Run<DecisionBenchmark>(config).Reports[0];
        var perSecond = 1e9 / measured.ResultStatistics!.Mean;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{perSecond:N0} decisions a second, target {Target:N0}"));
        return check && perSecond < Target ? 1 : 0;
    }
}

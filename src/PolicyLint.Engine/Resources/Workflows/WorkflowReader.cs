using System.Collections.Immutable;
using System.Text;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Documents.Code;
using PolicyLint.Engine.Resources.Code;

namespace PolicyLint.Engine.Resources.Workflows;

/// <summary>A job of a workflow, and what its steps run.</summary>
internal sealed record WorkflowJob(string Name, Location Location, ImmutableArray<CodeUse> Uses);

/// <summary>Reads the jobs of workflows that put objects, as resources: rules ask of their uploads as of a function's.</summary>
internal static class WorkflowReader
{
    /// <summary>The type by which the kind knows them.</summary>
    public const string Type = "PolicyLint::Workflow::Job";

    /// <summary>The jobs of a workflow; null where it puts no objects, or cannot be read. One that speaks of S3 and cannot be read is
    /// a problem: what it uploads is not judged.</summary>
    public static StackReading? Read(Input input, Wanted wanted, List<Problem> problems)
    {
        if (!wanted.ReadsCode || wanted.Kinds.OfType(Type) is not { } kind || SourceOf(input, problems) is not { } source) return null;
        var text = CodeText.Of(source);
        var broken = new List<Problem>();
        var first = YamlReader.Read(input.Path, Encoding.UTF8.GetString(source.Bytes), broken).FirstOrDefault();
        if (broken.Count > 0) problems.Add(new Problem(broken[0].Location, $"the workflow cannot be read, nor what it uploads: {broken[0].Message}", broken[0].Help.Length > 0 ? broken[0].Help : LeaveOut));
        if (first is not Node.Map root) return null;
        var document = new Document(input.Path, Format.CloudFormation, root, source);
        var stack = StackOf(document, wanted.Deployment);
        var jobs = Workflow.IsGitHub(input.Path) ? GitHubJobs.In(text, root) : GitLabJobs.In(text, root);
        var resources = jobs.Select(j => ResourceOf(j, stack, kind)).Where(r => r.Properties.Fields.Length > 0).ToImmutableArray();
        return resources.IsEmpty ? null : new StackReading(resources, 0, [], ImmutableHashSet<string>.Empty) { Sources = [stack.Document], Path = input.Path };
    }

    private const string LeaveOut = "mend it, or leave it out with `--exclude`";

    private static Stack StackOf(Document document, Deployment deployment) =>
        new(document.WithoutNodes(), Surroundings.Of(document.Scope, deployment.Account, deployment.Region)) { Buckets = deployment.Buckets };

    private static Resource ResourceOf(WorkflowJob job, Stack stack, Kind kind)
    {
        var properties = UploadRecords.AddTo(new Value.Map(job.Location, []), job.Uses.AsSpan());
        return new Resource(stack, job.Name, Type, kind, properties, job.Location, Condition.Always, Truth.Yes);
    }

    private static SourceText? SourceOf(Input input, List<Problem> problems)
    {
        try
        {
            var bytes = input.Read();
            if (bytes.Span.IndexOf("s3"u8) < 0) return null;
            if (bytes.Length <= LocalCode.LongestFile) return SourceText.Read(input.Path, bytes, problems);
            problems.Add(new Problem(Location.StartOf(input.Path), $"the workflow has more than the {LocalCode.LongestFile / 1048576} MB that PolicyLint reads of one, and what it uploads is not judged", "split it, or leave it out with `--exclude`"));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

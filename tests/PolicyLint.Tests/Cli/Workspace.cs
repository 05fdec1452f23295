using System.Text;
using PolicyLint.Cli;

namespace PolicyLint.Tests.Cli;

/// <summary>A temporary folder that the command line runs in, within this process.</summary>
internal sealed class Workspace : IDisposable
{
    /// <summary>A template with one finding: what is beside a broken file must still be judged.</summary>
    public const string Beside = """
        Resources:
          Admin:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              PolicyDocument:
                Version: "2012-10-17"
                Statement:
                  - Effect: Allow
                    Action: "*"
                    Resource: "*"

        """;

    public string Folder { get; } = Directory.CreateTempSubdirectory("policylint-").FullName;

    public string PathOf(string path) => Path.Combine(Folder, path);

    public Workspace Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public Workspace Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllBytes(PathOf(path), bytes);
        return this;
    }

    public Answer Run(params string[] args) => Run(hasColors: false, args);

    public Answer RunInColors(params string[] args) => Run(hasColors: true, args);

    private Answer Run(bool hasColors, string[] args)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        var code = CommandLine.Run(args, new Terminal(output, error, hasColors, Folder));
        return new Answer(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>What a run came to.</summary>
internal sealed record Answer(int Code, string Output, string Error);

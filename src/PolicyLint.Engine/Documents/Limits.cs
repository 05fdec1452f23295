namespace PolicyLint.Engine.Documents;

/// <summary>The bounds within which an input is read; what lies beyond is a problem, never a hang or a crash.</summary>
public static class Limits
{
    /// <summary>How deep lists and maps may nest.</summary>
    public const int Depth = 256;

    /// <summary>Bytes of a YAML file. CloudFormation takes templates of at most 1 MB.</summary>
    public const int YamlBytes = 16 * 1024 * 1024;

    /// <summary>Bytes of a JSON file; plans of large estates reach some hundred MB.</summary>
    public const int JsonBytes = 1024 * 1024 * 1024;

    /// <summary>Bytes from which on a JSON file is read part by part, as each is asked for.</summary>
    public const int LargeJsonBytes = 1024 * 1024;

    /// <summary>Nodes of a YAML file after its aliases are expanded.</summary>
    public const int ExpandedNodes = 2_000_000;

    /// <summary>Bytes of a Terraform source.</summary>
    public const int HclBytes = 4 * 1024 * 1024;
}

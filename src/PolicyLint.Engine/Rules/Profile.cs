namespace PolicyLint.Engine.Rules;

/// <summary>How much is asked for: what breaks access or leaks, security hygiene with it, or conventions, too. Each holds the
/// ones before it.</summary>
public enum Profile { Access, Security, All }

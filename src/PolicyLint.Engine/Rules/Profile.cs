namespace PolicyLint.Engine.Rules;

/// <summary>How much is asked for: what breaks access or leaks, security hygiene with it, or conventions, too. Each holds the
/// ones before it.</summary>
public enum Profile { Access, Security, All }

/// <summary>The words by which rules and people name profiles.</summary>
public static class Profiles
{
    /// <summary>The profile of a word, null where it is none.</summary>
    public static Profile? Named(string word) => word switch { "access" => Profile.Access, "security" => Profile.Security, "all" => Profile.All, _ => null };
}

namespace Copilot.Access.Sessions;

/// <summary>Somebody as whoever made them sign in knows them.</summary>
/// <param name="Subject">Tells them from all others, for good.</param>
/// <param name="Name">As timelines show it.</param>
/// <param name="Groups">What roles are given to.</param>
public sealed record SignedIn(string Subject, string Name, IReadOnlyList<string> Groups)
{
    public const int LongestName = 80;

    /// <summary>A name comes from outside and stands in timelines: one line, no control characters, not too long.</summary>
    public static string Plain(string name)
    {
        var line = new string([.. name.Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))]).Trim();
        return line.Length > LongestName ? line[..LongestName] : line;
    }
}

namespace Copilot.Ownership.Catalog;

/// <summary>One line of a CODEOWNERS file. The last rule that matches wins; a rule without owners takes ownership away.</summary>
/// <param name="Owners">As written: <c>@user</c>, <c>@org/team</c> or an e-mail address.</param>
/// <param name="Source">The file and line.</param>
public sealed record CodeOwnersRule(string Pattern, IReadOnlyList<string> Owners, string Source)
{
    /// <summary>GitLab's section, in lower case; empty outside of one. Of each section its last rule that matches counts.</summary>
    public string Section { get; init; } = "";

    /// <summary>GitLab's <c>!pattern</c>: what matches has no owners of this section.</summary>
    public bool Excludes { get; init; }

    /// <summary>GitLab finds a path that does not begin with "/" in any folder; GitHub one with "/" in it at the root alone.</summary>
    public bool IsGitLab { get; init; }

    public string File => Source[..Source.LastIndexOf(':')];

    /// <summary>Matches everything, so it says nothing about one service.</summary>
    public bool MatchesEverything => Pattern is "*" or "**" or "/" or "/**" or "**/*" or "/**/*";
}

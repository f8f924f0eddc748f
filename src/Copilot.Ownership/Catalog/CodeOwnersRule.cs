namespace Copilot.Ownership.Catalog;

/// <summary>One line of a CODEOWNERS file. The last rule that matches wins; a rule without owners takes ownership away.</summary>
/// <param name="Owners">As written: <c>@user</c>, <c>@org/team</c> or an e-mail address.</param>
/// <param name="Source">The file and line.</param>
public sealed record CodeOwnersRule(string Pattern, IReadOnlyList<string> Owners, string Source)
{
    /// <summary>Matches everything, so it says nothing about one service.</summary>
    public bool MatchesEverything => Pattern is "*" or "**" or "/" or "/*" or "/**" or "**/*";
}

namespace Copilot.Agent.Questions.Windows;

/// <summary>A window that hangs on a change not looked up yet: [change + From, change + To). The change is the newest one not after
/// the question's now that matches all members that are set; where none does, the answer is no_data and says so.</summary>
/// <param name="Service">Whose change; null for any.</param>
/// <param name="Version">The version that was brought in.</param>
/// <param name="Kind">deploy, rollback, flag, config, …; null for any.</param>
/// <param name="From">Offset of the window's start; null means up to the question's now (only for "since").</param>
/// <param name="To">Offset of the window's end; null means the question's now.</param>
/// <param name="Until">A time at which the window ends at the latest; null for none.</param>
public sealed record ChangeAnchor(string? Service, string? Version, string? Kind, TimeSpan From, TimeSpan? To, DateTimeOffset? Until = null);

namespace Copilot.Store.Reads.Logs;

/// <param name="Total">How many records match in all.</param>
public sealed record LogPage(IReadOnlyList<LogLine> Lines, long Total);

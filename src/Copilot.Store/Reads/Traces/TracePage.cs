namespace Copilot.Store.Reads.Traces;

/// <param name="Total">How many traces match in all.</param>
public sealed record TracePage(IReadOnlyList<SelectedTrace> Traces, long Total);

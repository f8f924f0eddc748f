namespace Copilot.Analysis.Breakdowns;

/// <summary>How many bad and good requests carry a value of an attribute.</summary>
/// <param name="Level"><c>span</c> or <c>resource</c>.</param>
public sealed record AttributeTally(string Level, string Key, string Value, long Bad, long Good);

using Copilot.Store.Reads.Filters;

namespace Copilot.Store.Reads.Breakdowns;

/// <summary>How many bad and good requests have this value of this attribute.</summary>
public sealed record AttributeCount(AttributeScope Scope, string Key, string Value, long Bad, long Good);

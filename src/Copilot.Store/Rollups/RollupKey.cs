namespace Copilot.Store.Rollups;

/// <summary>What the spans of one rollup row share.</summary>
internal readonly record struct RollupKey(long MinuteNs, int ServiceId, int OperationId, bool Entry, bool Root, short Status);

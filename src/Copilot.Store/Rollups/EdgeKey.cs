namespace Copilot.Store.Rollups;

/// <summary>Who calls whom in a minute: a service, or a peer by its address.</summary>
internal readonly record struct EdgeKey(long MinuteNs, int CallerServiceId, int? CalleeServiceId, string? Peer);

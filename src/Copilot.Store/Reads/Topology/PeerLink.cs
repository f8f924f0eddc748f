namespace Copilot.Store.Reads.Topology;

/// <summary>Calls to an address that sends no spans of its own for them.</summary>
public sealed record PeerLink(string Caller, string Address, long Calls, long Failed, double MeanMs, double P95Ms);

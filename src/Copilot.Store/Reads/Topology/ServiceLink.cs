namespace Copilot.Store.Reads.Topology;

/// <summary>One service at the other end of calls, and how many calls there were.</summary>
public sealed record ServiceLink(string Service, long Calls, long Failed);

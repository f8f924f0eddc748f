using Copilot.Store.Reads.Topology;

namespace Copilot.Agent.Questions.Selections;

/// <summary>Which of the things that send no spans are asked about.</summary>
/// <param name="Sort">Databases, brokers, third parties, or any.</param>
/// <param name="Systems">Values of db.system or messaging.system ("postgresql"); any where empty.</param>
/// <param name="Own">One measure of its own is asked for, which something without spans does not have.</param>
public sealed record PlannedPeers(PeerSort Sort, IReadOnlyList<string> Systems, bool Own = false);

namespace Copilot.Store.Reads.Topology;

/// <summary>How something that sends no spans looks from its callers.</summary>
/// <param name="Address">What the callers' spans name: peer.service, else the server's address, else the destination or the kind of system.</param>
/// <param name="System">db.system or messaging.system of the calls; null for anything else.</param>
/// <param name="Callers">The services that call it, by name.</param>
public sealed record PeerHealth(
    string Address, string? System, long Calls, long Failed, double MeanMs, double P95Ms, double MaxMs, IReadOnlyList<string> Callers);

using Copilot.Incidents.Troubles;

namespace Copilot.Incidents.Proposals;

public sealed record ProposedCause(string Service, string? Operation, double Score, string Why)
{
    /// <summary>errors, latency, network, resource, saturation, change or traffic.</summary>
    public string? Kind { get; init; }

    /// <summary>Who owns it; null where nobody is named.</summary>
    public string? Team { get; init; }

    /// <summary>The change that the trouble is laid to.</summary>
    public TroubleChange? Change { get; init; }
}

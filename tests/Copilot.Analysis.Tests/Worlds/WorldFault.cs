using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Tests.Worlds;

public sealed record WorldFault(
    string Id,
    TimeWindow Window,
    TimeWindow Baseline,
    string? Cause,
    IReadOnlyList<string> Affected,
    string? Place
)
{
    /// <summary>Who may be named as well: a database's only user, the services of a bad host.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    public bool IsCausedBy(string? service) => service is not null && (service == Cause || Also.Contains(service));
}

using Copilot.Diagnosis.Investigations;
using Copilot.Ownership.Owners;
using Copilot.Store.Rollups;

namespace Copilot.Web.Services;

/// <summary>A line of the list of services.</summary>
public sealed record ServiceRow
{
    public required string Service { get; init; }

    /// <summary>The owning team; null where nobody is named.</summary>
    public string? Team { get; init; }

    /// <summary>A second.</summary>
    public double Rate { get; init; }

    public long Requests { get; init; }

    /// <summary>0 to 1; null where it got no requests.</summary>
    public double? ErrorRate { get; init; }

    public double? P95Ms { get; init; }

    public IReadOnlyList<CourseStep> Course { get; init; } = [];

    public DateTimeOffset? LastArrival { get; init; }

    /// <summary>An open investigation that it is part of, first the one that it is the cause of.</summary>
    public Investigation? Trouble { get; init; }

    public bool IsCause => Trouble is not null && Trouble.Cause == Service;

    /// <summary>It is called, and sends no spans itself.</summary>
    public bool IsPeer { get; init; }

    public bool IsSilent => !IsPeer && Requests == 0;

    /// <summary>A row for each, with who owns it at the time and the open investigation that it is part of.</summary>
    public static List<ServiceRow> Of(
        IEnumerable<ServiceOverview> services,
        double seconds,
        OwnershipSnapshot owners,
        DateTimeOffset at,
        IEnumerable<Investigation> open
    )
    {
        var troubles = open.SelectMany(trouble => trouble.Services.Append(trouble.Cause).Select(service => (service, trouble)))
            .GroupBy(pair => pair.service, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => group.MaxBy(pair => pair.trouble.Cause == pair.service).trouble,
                StringComparer.Ordinal
            );
        return
        [
            .. services.Select(service =>
                Of(service, seconds, owners.OwnerOf(service.Service, at).Team, troubles.GetValueOrDefault(service.Service))
            ),
        ];
    }

    private static ServiceRow Of(ServiceOverview overview, double seconds, string? team, Investigation? trouble)
    {
        var counted = overview.Requests;
        return new ServiceRow
        {
            Service = overview.Service,
            Team = team,
            Requests = counted?.Requests ?? 0,
            Rate = counted is null ? 0 : counted.Requests / seconds,
            ErrorRate = counted is { Requests: > 0 } ? (double)counted.Failed / counted.Requests : null,
            P95Ms = counted?.Durations.Quantile(0.95) / 1e6,
            Course = overview.Course,
            LastArrival = overview.LastArrival,
            Trouble = trouble,
        };
    }

    public static ServiceRow Of(PeerOverview peer, double seconds) =>
        new()
        {
            Service = peer.Address,
            Requests = peer.Calls,
            Rate = peer.Calls / seconds,
            ErrorRate = peer.Calls == 0 ? null : (double)peer.Failed / peer.Calls,
            IsPeer = true,
        };
}

/// <summary>What the list is ordered by.</summary>
public enum ServiceOrder
{
    Trouble,
    Name,
    Owner,
    Rate,
    Errors,
    Latency,
}

using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Incidents.Guide;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Records;

namespace Copilot.Incidents.Proposals;

/// <summary>A preview of an incident: exactly what a confirmation would create. Nothing is created by proposing.</summary>
public sealed record IncidentProposal
{
    /// <summary>"p_…".</summary>
    public required string Id { get; init; }

    /// <summary>A hash of everything below; a confirmation names it, so that what is created is what was seen.</summary>
    public required string Digest { get; init; }

    public required string Title { get; init; }

    public required IncidentSeverity Severity { get; init; }

    /// <summary>"inc-…", a valid channel name.</summary>
    public required string ChannelName { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public IReadOnlyList<ProposedCause> Causes { get; init; } = [];

    [JsonConverter(typeof(KeptImpacts))]
    public IReadOnlyList<ServiceImpact> Affected { get; init; } = [];

    public IReadOnlyList<Invitee> Invitees { get; init; } = [];

    public IReadOnlyList<string> Teams { get; init; } = [];

    /// <summary>How one sees that it is over.</summary>
    public IReadOnlyList<RecoveryCheck> Checks { get; init; } = [];

    /// <summary>Traces that show the trouble; an incident keeps them beyond retention.</summary>
    public IReadOnlyList<string> TraceIds { get; init; } = [];

    /// <summary>The file name of the runbook that the guide follows, or null.</summary>
    public string? Runbook { get; init; }

    public required GuideDocument Guide { get; init; }

    /// <summary>The id of an open incident for the same trouble; the button then is "Join".</summary>
    public string? Existing { get; init; }

    /// <summary>Its services, the causes first.</summary>
    public IReadOnlyList<string> Services() =>
        [
            .. Causes
                .Select(cause => cause.Service)
                .Concat(Affected.Select(service => service.Service))
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
}

/// <summary>The affected services as a proposal tells them: with their figures, without what these were judged to be.</summary>
internal sealed class KeptImpacts : KeptShape<IReadOnlyList<ServiceImpact>>
{
    protected override void Shape(JsonTypeInfo type)
    {
        if (type.Type == typeof(ServiceImpact))
            Remove(
                type,
                nameof(ServiceImpact.Failed),
                nameof(ServiceImpact.Failing),
                nameof(ServiceImpact.Slow),
                nameof(ServiceImpact.FacesUsers)
            );
    }
}

public sealed record ProposedCause(string Service, string? Operation, double Score, string Why)
{
    /// <summary>Null in what was kept before kinds were.</summary>
    public CauseKind? Kind { get; init; }

    /// <summary>Who owns it; null where nobody is named.</summary>
    public string? Team { get; init; }

    /// <summary>The change that the trouble is laid to.</summary>
    [JsonConverter(typeof(KeptChange))]
    public Change? Change { get; init; }
}

/// <summary>How bad it is, by what users meet: the services that face them, and how many requests go wrong there.</summary>
internal static class SeverityRating
{
    public static IncidentSeverity Of(WindowDiagnosis diagnosis)
    {
        if (diagnosis.Affected.Count == 0)
            return diagnosis.Causes.Count == 0 ? IncidentSeverity.Sev4 : IncidentSeverity.Sev3;
        var facing = diagnosis.Affected.Where(service => service.FacesUsers).ToArray();
        if (facing.Any(IsSevere))
            return IncidentSeverity.Sev1;
        return facing.Length > 0 || diagnosis.Affected.Count >= SeverityThresholds.ManyServices
            ? IncidentSeverity.Sev2
            : IncidentSeverity.Sev3;
    }

    private static bool IsSevere(ServiceImpact service) =>
        (service.Failing && service.ErrorRate >= SeverityThresholds.ManyFail)
        || (service.Slow && service.P95MsBefore > 0 && service.P95Ms >= SeverityThresholds.ManyTimesSlower * service.P95MsBefore);
}

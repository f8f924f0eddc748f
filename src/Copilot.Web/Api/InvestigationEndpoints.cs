using System.Text.Json.Serialization;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Investigations;
using Copilot.Store.Investigations;
using Copilot.Telemetry.Records;
using Copilot.Web.Api.Edge;

namespace Copilot.Web.Api;

/// <summary>Suggested investigations over HTTP: what the watch and alerts found, already answered.</summary>
public static class InvestigationEndpoints
{
    private const int Usual = 50;
    private const int Most = 500;

    public static IEndpointRouteBuilder MapInvestigations(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/investigations", ListAsync);
        endpoints.MapGet("/api/v1/investigations/{id}", FindAsync);
        return endpoints;
    }

    /// <summary>The latest first; with <c>open=true</c> only what still lasts. 400 for a limit that is none.</summary>
    private static async Task<IResult> ListAsync(
        InvestigationRepository repository,
        CancellationToken cancellationToken,
        bool open = false,
        int limit = Usual
    )
    {
        if (limit is < 1 or > Most)
            return ApiProblem.BadRequest($"\"limit\" must be a whole number from 1 to {Most}.");
        var found = open
            ? (await repository.OpenAsync(cancellationToken)).OrderByDescending(investigation => investigation.OpenedAt).Take(limit)
            : await repository.LatestAsync(limit, cancellationToken);
        return Results.Ok(new { items = found.Select(investigation => Brief(investigation)) });
    }

    private static async Task<IResult> FindAsync(string id, InvestigationRepository repository, CancellationToken cancellationToken) =>
        await repository.FindAsync(id, cancellationToken) is { } investigation
            ? Results.Ok(Whole(investigation))
            : ApiProblem.NotFound($"There is no investigation '{id}'.");

    private static InvestigationBody Brief(Investigation investigation) =>
        new()
        {
            Id = investigation.Id,
            Open = investigation.IsOpen,
            Source = investigation.Source,
            OpenedAt = investigation.OpenedAt,
            LastSeenAt = investigation.LastSeenAt,
            ClosedAt = investigation.ClosedAt,
            From = investigation.Window.From,
            To = investigation.Window.To,
            Cause = investigation.Cause.Length > 0 ? investigation.Cause : null,
            Operation = investigation.Operation,
            Kind = investigation.Kind,
            Confidence = investigation.Confidence,
            Summary = investigation.Summary,
            Services = investigation.Services,
            TraceIds = investigation.TraceIds,
        };

    private static InvestigationBody Whole(Investigation investigation) =>
        Brief(investigation) with
        {
            Affected = investigation.Answer?.Affected ?? [],
            Evidence = [.. (investigation.Answer?.Causes ?? []).SelectMany(cause => cause.Evidence)],
            Path = investigation.Answer?.Path ?? [],
            Rejected = investigation.Answer?.Rejected ?? [],
            Checks = investigation.Answer?.Checks ?? [],
        };
}

/// <summary>A suggested investigation as programs read it. Rates and confidence are 0 to 1, durations milliseconds. Texts may come from
/// telemetry.</summary>
internal sealed record InvestigationBody
{
    public required string Id { get; init; }

    public required bool Open { get; init; }

    /// <summary><c>watch</c>, or the alerting system whose alert was looked into.</summary>
    public required string Source { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>From when it shows.</summary>
    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>Null where an alert was looked into and nothing stood out.</summary>
    public string? Cause { get; init; }

    public string? Operation { get; init; }

    [JsonConverter(typeof(InvestigationKindConverter))]
    public required CauseKind? Kind { get; init; }

    public required double Confidence { get; init; }

    public required string Summary { get; init; }

    /// <summary>The cause and those affected.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    public required IReadOnlyList<string> TraceIds { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ServiceImpact>? Affected { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Evidence { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PropagationStep>? Path { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RejectedCause>? Rejected { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Checks { get; init; }
}

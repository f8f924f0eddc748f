using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Copilot.Analysis.Reports;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Investigations;
using Copilot.Store.Investigations;
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
        var (all, still) = await repository.CountAsync(cancellationToken);
        return Results.Ok(new { items = found.Select(investigation => new InvestigationBody(investigation)), total = open ? still : all });
    }

    private static async Task<IResult> FindAsync(string id, InvestigationRepository repository, CancellationToken cancellationToken) =>
        await repository.FindAsync(id, cancellationToken) is { } investigation
            ? Results.Ok(InvestigationBody.Whole(investigation))
            : ApiProblem.NotFound($"There is no investigation '{id}'.");
}

/// <summary>A suggested investigation as programs read it: briefly in a list, with what makes it credible where it is asked for by id.
/// Rates and confidence are 0 to 1, durations milliseconds. Texts may come from telemetry.</summary>
internal sealed record InvestigationBody : InvestigationFacts
{
    [SetsRequiredMembers]
    public InvestigationBody(Investigation investigation)
        : base(investigation) { }

    public bool Open => ClosedAt is null;

    /// <summary>From when it shows.</summary>
    public DateTimeOffset From => Window.From;

    public DateTimeOffset To => Window.To;

    /// <summary>Null where an alert was looked into and nothing stood out.</summary>
    [JsonPropertyName("cause")]
    public string? Where => Cause.Length > 0 ? Cause : null;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ServiceImpact>? Affected { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Evidence { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PropagationStep>? Path { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RejectedCause>? Rejected { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Checks { get; private init; }

    public static InvestigationBody Whole(Investigation investigation)
    {
        var answer = investigation.Answer ?? WindowDiagnosis.None(investigation.Window);
        return new InvestigationBody(investigation)
        {
            Affected = answer.Affected,
            Evidence = [.. answer.Causes.SelectMany(cause => cause.Evidence)],
            Path = answer.Path,
            Rejected = answer.Rejected,
            Checks = answer.Checks,
        };
    }
}

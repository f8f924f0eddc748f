using Copilot.Incidents.Findings;

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
    private static async Task<IResult> ListAsync(FindingBoard board, CancellationToken cancellation, bool open = false, int limit = Usual)
    {
        if (limit is < 1 or > Most) return ApiProblem.BadRequest($"\"limit\" must be a whole number from 1 to {Most}.");
        var found = open ? (await board.OpenAsync(cancellation)).OrderByDescending(finding => finding.OpenedAt).Take(limit) : await board.LatestAsync(limit, cancellation);
        return Results.Ok(new { items = found.Select(finding => Brief(finding)) });
    }

    private static async Task<IResult> FindAsync(string id, FindingBoard board, CancellationToken cancellation) =>
        await board.FindAsync(id, cancellation) is { } finding ? Results.Ok(Whole(finding)) : ApiProblem.NotFound($"There is no investigation '{id}'.");

    private static InvestigationBody Brief(Finding finding) => new()
    {
        Id = finding.Id,
        Open = finding.IsOpen,
        Source = finding.Source,
        OpenedAt = finding.OpenedAt,
        LastSeenAt = finding.LastSeenAt,
        ClosedAt = finding.ClosedAt,
        From = finding.Window.From,
        To = finding.Window.To,
        Cause = finding.Cause.Length > 0 ? finding.Cause : null,
        Operation = finding.Operation,
        Kind = finding.Kind,
        Confidence = finding.Confidence,
        Summary = finding.Summary,
        Services = finding.Services,
        TraceIds = finding.TraceIds,
    };

    private static InvestigationBody Whole(Finding finding) => Brief(finding) with
    {
        Affected = finding.Answer?.Affected ?? [],
        Evidence = [.. (finding.Answer?.Causes ?? []).SelectMany(cause => cause.Evidence)],
        Path = finding.Answer?.Path ?? [],
        Rejected = finding.Answer?.Rejected ?? [],
        Checks = finding.Answer?.Checks ?? [],
    };
}

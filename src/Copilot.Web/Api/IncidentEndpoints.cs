using Copilot.Incidents.Record;
using Copilot.Web.Api.Edge;

namespace Copilot.Web.Api;

/// <summary>Incidents over HTTP.</summary>
public static class IncidentEndpoints
{
    private const int LongestNote = 4000;

    public static IEndpointRouteBuilder MapIncidents(this IEndpointRouteBuilder endpoints)
    {
        var incidents = endpoints.MapGroup("/api/v1/incidents").DisableAntiforgery();
        incidents.MapPost("", ConfirmAsync);
        incidents.MapGet(
            "",
            async (IIncidents desk, CancellationToken cancellationToken) =>
                Results.Ok(new { items = await desk.ListAsync(cancellationToken) })
        );
        incidents.MapGet(
            "{id}",
            async (string id, IIncidents desk, CancellationToken cancellationToken) =>
                await desk.FindAsync(id, cancellationToken) is { } incident ? Results.Ok(incident) : Unknown(id)
        );
        incidents.MapGet(
            "{id}/post-mortem",
            async (string id, IIncidents desk, RecoveryReader recovery, CancellationToken cancellationToken) =>
                await desk.FindAsync(id, cancellationToken) is { } incident
                    ? Results.Text(
                        IncidentSummaryText.PostMortem(incident, await recovery.ReadAsync(incident, cancellationToken)),
                        "text/markdown"
                    )
                    : Unknown(id)
        );
        incidents.MapPost(
            "{id}/resolve",
            async (string id, ResolutionBody? body, HttpContext http, IIncidents desk, CancellationToken cancellationToken) =>
                body?.Fix is { Length: > Resolution.LongestFix }
                    ? ApiProblem.BadRequest($"'fix' has at most {Resolution.LongestFix} characters.")
                : await desk.ResolveAsync(id, new Resolution(Actor(http), body?.Fix), cancellationToken) is { } incident
                    ? Results.Ok(incident)
                : Unknown(id)
        );
        incidents.MapPost(
            "{id}/reopen",
            async (string id, HttpContext http, IIncidents desk, CancellationToken cancellationToken) =>
                await desk.ReopenAsync(id, Actor(http), cancellationToken) is { } incident ? Results.Ok(incident) : Unknown(id)
        );
        incidents.MapPost("{id}/notes", NoteAsync);
        incidents.MapPut(
            "{id}/ticks/{step:int}",
            (string id, int step, HttpContext http, IIncidents desk, CancellationToken cancellationToken) =>
                TickAsync(id, step, true, http, desk, cancellationToken)
        );
        incidents.MapDelete(
            "{id}/ticks/{step:int}",
            (string id, int step, HttpContext http, IIncidents desk, CancellationToken cancellationToken) =>
                TickAsync(id, step, false, http, desk, cancellationToken)
        );
        return endpoints;
    }

    /// <summary>Makes what was previewed; 409 where the digest is not that of the preview, 404 where there is no such preview.</summary>
    private static async Task<IResult> ConfirmAsync(
        ConfirmationBody body,
        HttpContext http,
        IIncidents desk,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(body.ProposalId) || string.IsNullOrWhiteSpace(body.Digest))
            return ApiProblem.BadRequest("A confirmation needs the proposalId and digest of what was shown.");
        try
        {
            var incident = await desk.ConfirmAsync(new Confirmation(body.ProposalId, body.Digest, Actor(http)), cancellationToken);
            return Results.Created($"/api/v1/incidents/{incident.Id}", incident);
        }
        catch (UnknownProposalException e)
        {
            return ApiProblem.NotFound(e.Message);
        }
        catch (ChangedProposalException e)
        {
            return Results.Problem(e.Message, statusCode: StatusCodes.Status409Conflict, title: "The proposal has changed");
        }
    }

    private static async Task<IResult> NoteAsync(
        string id,
        NoteBody body,
        HttpContext http,
        IIncidents desk,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(body.Text) || body.Text.Length > LongestNote || body.Text.Contains('\0', StringComparison.Ordinal))
            return ApiProblem.BadRequest($"A note needs text of 1 to {LongestNote} characters.");
        return await desk.NoteAsync(id, Actor(http), body.Text, cancellationToken) ? Results.NoContent() : Unknown(id);
    }

    private static async Task<IResult> TickAsync(
        string id,
        int step,
        bool done,
        HttpContext http,
        IIncidents desk,
        CancellationToken cancellationToken
    ) =>
        await desk.TickAsync(id, step, done, Actor(http), cancellationToken)
            ? Results.NoContent()
            : ApiProblem.NotFound($"There is no incident '{id}', or its guide has no step {step}.");

    private static string Actor(HttpContext http) => http.User.Identity?.Name is { Length: > 0 } name ? name : "somebody";

    private static IResult Unknown(string id) => ApiProblem.NotFound($"There is no incident '{id}'.");

    private sealed record ConfirmationBody(string? ProposalId, string? Digest);

    private sealed record NoteBody(string? Text);

    private sealed record ResolutionBody(string? Fix);
}

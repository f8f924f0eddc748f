using System.Globalization;
using System.Text.Json;
using Copilot.Incidents.Proposals;
using Copilot.Telemetry.Time;
using Copilot.TraceQL;

namespace Copilot.Web.Api;

/// <summary>Previews of incidents for windows that the caller already knows.</summary>
public static class ProposalEndpoints
{
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(7);

    public static IEndpointRouteBuilder MapProposals(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/proposals", ProposeAsync).DisableAntiforgery();
        endpoints.MapGet("/api/v1/proposals/{id}", async (string id, IProposals proposals, CancellationToken cancellation) =>
            await proposals.FindAsync(id, cancellation) is { } proposal ? Results.Ok(proposal) : ApiProblem.NotFound($"There is no proposal '{id}'."));
        return endpoints;
    }

    /// <summary>Takes <c>{from, to, scope?}</c>; 200 with the proposal, empty of causes and people where nothing is wrong; 400 with what is wrong with the body.</summary>
    private static async Task<IResult> ProposeAsync(HttpContext http, IProposals proposals, CancellationToken cancellation)
    {
        TimeWindow window;
        string? scope;
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: cancellation);
            (window, scope) = Read(body.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return ApiProblem.BadRequest(e is JsonException ? $"The body is not valid JSON: {e.Message}" : e.Message);
        }

        try
        {
            return Results.Ok(await proposals.ProposeAsync(window, scope, cancellation));
        }
        catch (TraceQlException e)
        {
            return ApiProblem.BadRequest($"The scope is no TraceQL spanset filter: {e.Message}");
        }
    }

    private static (TimeWindow Window, string? Scope) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new FormatException("The body must be an object with from and to.");
        var (from, to) = (Time(body, "from"), Time(body, "to"));
        if (from >= to)
            throw new FormatException("'from' must be before 'to'.");
        if (to - from > LongestWindow)
            throw new FormatException("The window is longer than 7 days; narrow it to when things went wrong.");
        if (body.TryGetProperty("scope", out var scope) && scope.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            throw new FormatException("'scope' must be a TraceQL filter as text, such as \"{ resource.service.namespace = \\\"shop\\\" }\".");
        return (new TimeWindow(from, to), scope.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(scope.GetString()) ? scope.GetString() : null);
    }

    private static DateTimeOffset Time(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time : throw new FormatException($"'{name}' must be an RFC 3339 time such as 2026-01-31T12:00:00Z.");
}

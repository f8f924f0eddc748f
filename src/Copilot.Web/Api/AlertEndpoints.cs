using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Copilot.Incidents;
using Copilot.Incidents.Alerts;

namespace Copilot.Web.Api;

/// <summary>Webhooks of alerting systems.</summary>
public static class AlertEndpoints
{
    public static IEndpointRouteBuilder MapAlerts(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/alerts/{source}", TakeAsync).DisableAntiforgery();
        return endpoints;
    }

    /// <summary>Takes what alertmanager, grafana or pagerduty send; 202 with how many alerts were taken. With a token configured, 401 without it.</summary>
    private static async Task<IResult> TakeAsync(string source, HttpContext http, AlertDesk desk, IncidentsOptions options, TimeProvider time, CancellationToken cancellation)
    {
        if (!string.IsNullOrEmpty(options.AlertToken) && !Holds(http.Request.Headers.Authorization.ToString(), options.AlertToken))
            return Results.Unauthorized();
        if (source is not ("alertmanager" or "grafana" or "pagerduty"))
            return ApiProblem.NotFound($"'{source}' is no alerting system that is known here: alertmanager, grafana, pagerduty.");
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: cancellation);
            var alerts = AlertReader.Read(source, body.RootElement, time.GetUtcNow());
            desk.Take(alerts);
            return Results.Accepted(value: new { taken = alerts.Count });
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return ApiProblem.BadRequest(e is JsonException ? $"The body is not valid JSON: {e.Message}" : e.Message);
        }
    }

    private static bool Holds(string header, string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes($"Bearer {token}"));
}

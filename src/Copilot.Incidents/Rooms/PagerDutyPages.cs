using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Copilot.Diagnosis.Investigations;
using Copilot.Ownership.Owners;
using Copilot.Ownership.Sources;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Text;

namespace Copilot.Incidents.Rooms;

/// <summary>Pages through PagerDuty's Events API v2. An event goes to a service's integration, whose escalation policy wakes whoever is on
/// call.</summary>
public sealed class PagerDutyPages(HttpClient http, PagerDutyOptions options, IOwnership ownership, TimeProvider time) : IPagePort
{
    private const string KeyAnnotation = "pagerduty.com/integration-key";
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public string Name => "pagerduty";

    public async Task<bool> ReachesAsync(string team, IReadOnlyList<string> services, CancellationToken cancellationToken) =>
        await KeyOfAsync(team, services, cancellationToken) is not null;

    public async Task<string> PageAsync(PageCall call, CancellationToken cancellationToken)
    {
        await SendAsync(
            call,
            new
            {
                routing_key = await RequireKeyAsync(call, cancellationToken),
                event_action = "trigger",
                dedup_key = call.Key,
                client = "Copilot",
                client_url = call.Address?.AbsoluteUri,
                payload = new
                {
                    summary = Hostile.Line(
                        $"{call.Severity.Word()}: {call.Title} (asks for {call.Person})",
                        PageThresholds.LongestSummary - 1
                    ),
                    source = Hostile.Line(call.Services is [var first, ..] ? first : call.Team, 200),
                    severity = call.Severity switch
                    {
                        IncidentSeverity.Sev1 => "critical",
                        IncidentSeverity.Sev2 => "error",
                        IncidentSeverity.Sev3 => "warning",
                        IncidentSeverity.Sev4 => "info",
                        _ => throw new ArgumentOutOfRangeException(nameof(call), call.Severity, "No such severity."),
                    },
                    timestamp = call.Since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                    group = Hostile.Line(call.Team, 200),
                    custom_details = new
                    {
                        person = Hostile.Line(call.Person),
                        why = Hostile.Line(call.Why, 500),
                        services = call.Services.Take(PageThresholds.MostServices).Select(service => Hostile.Line(service, 100)),
                    },
                },
                links = call.Address is null ? null : new[] { new { href = call.Address.AbsoluteUri, text = "Incident page" } },
            },
            cancellationToken
        );
        return call.Key;
    }

    public async Task EndAsync(PageCall call, CancellationToken cancellationToken) =>
        await SendAsync(
            call,
            new
            {
                routing_key = await RequireKeyAsync(call, cancellationToken),
                event_action = "resolve",
                dedup_key = call.Key,
            },
            cancellationToken
        );

    private async Task SendAsync(PageCall call, object body, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(options.EventsUrl, body, Json, cancellationToken);
        switch (response.StatusCode)
        {
            case HttpStatusCode.Accepted or HttpStatusCode.OK:
                return;
            case HttpStatusCode.TooManyRequests:
                var pause = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - time.GetUtcNow() : null;
                throw new DeliveryBusyException(
                    pause is { } wait && wait > TimeSpan.Zero ? wait : PageThresholds.UsualPause,
                    "PagerDuty asks to wait."
                );
            case >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError:
                throw new DeliveryRefusedException(
                    "PagerDuty refuses the page "
                        + $"({(int)response.StatusCode}{await ReasonAsync(response, cancellationToken)}). Check the "
                        + $"integration key of team {Hostile.Line(call.Team, 80)}; call {Hostile.Line(call.Person, 80)} by "
                        + "other means."
                );
            default:
                // Its own trouble; the event may have been taken, which the same key makes harmless.
                throw new HttpRequestException($"PagerDuty answers {(int)response.StatusCode}.");
        }
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(
                await response.Content.ReadAsStreamAsync(cancellationToken),
                cancellationToken: cancellationToken
            );
            return body.RootElement.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array
                ? ": " + Hostile.Line(string.Join("; ", errors.EnumerateArray().Select(error => error.ToString())), 300)
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private async Task<string> RequireKeyAsync(PageCall call, CancellationToken cancellationToken) =>
        await KeyOfAsync(call.Team, call.Services, cancellationToken)
        ?? throw new DeliveryRefusedException(
            $"No PagerDuty integration key is known for team {Hostile.Line(call.Team, 80)}. Set PagerDuty:RoutingKeys, "
                + $"or annotate its component with {KeyAnnotation}."
        );

    private async Task<string?> KeyOfAsync(string team, IReadOnlyList<string> services, CancellationToken cancellationToken)
    {
        if (
            options.RoutingKeys.FirstOrDefault(pair => pair.Key.Equals(team, StringComparison.OrdinalIgnoreCase)).Value is
            { Length: > 0 } own
        )
            return own;
        var owners = await ownership.CurrentAsync(cancellationToken);
        var now = time.GetUtcNow();
        var annotated = services
            .Where(service => string.Equals(owners.OwnerOf(service, now).Team, team, StringComparison.OrdinalIgnoreCase))
            .Select(service => owners.AnnotationOf(service, KeyAnnotation))
            .FirstOrDefault(key => key is not null);
        return annotated ?? (string.IsNullOrWhiteSpace(options.RoutingKey) ? null : options.RoutingKey);
    }
}

using System.Security.Cryptography;
using System.Text;
using Copilot.Access;
using Copilot.Diagnosis.Alerts;
using Copilot.Incidents;
using Copilot.Web.Api.Edge;

namespace Copilot.Web.Api;

/// <summary>Webhooks of alerting systems.</summary>
public static class AlertEndpoints
{
    private const long LargestBody = 8 * 1024 * 1024;

    public static IEndpointRouteBuilder MapAlerts(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/alerts/{source}", TakeAsync).DisableAntiforgery();
        return endpoints;
    }

    /// <summary>Takes what the systems of <see cref="AlertReader.Sources"/> send; 202 with how many alerts were taken. With a token
    /// configured, 401 without it.</summary>
    private static async Task<IResult> TakeAsync(
        string source,
        HttpContext http,
        AlertIntake desk,
        IncidentsOptions options,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (!MaySend(http, options))
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            var missing = string.IsNullOrWhiteSpace(http.Request.Headers.Authorization);
            return ApiProblem.Refused(
                "Alerts need the token of Incidents__AlertToken, or a key with the scope 'ingest', as Authorization: Bearer; "
                    + $"{(missing ? "none" : "another one")} was sent.",
                StatusCodes.Status401Unauthorized
            );
        }

        if (!AlertReader.Sources.Contains(source))
            return ApiProblem.NotFound($"'{source}' is no alerting system that is known here: {string.Join(", ", AlertReader.Sources)}.");
        try
        {
            // An alert is sent once: a text that cannot be kept whole must not lose it.
            using var body = await JsonBody.ReadMendedAsync(http, cancellationToken, LargestBody);
            var alerts = AlertReader.Read(source, body.RootElement, time.GetUtcNow());
            desk.Take(alerts);
            return Results.Accepted(value: new { taken = alerts.Count });
        }
        catch (FormatException e)
        {
            return ApiProblem.BadRequest(e.Message);
        }
    }

    /// <summary>Without a token configured, whoever is on this machine may, where nobody has to sign in.</summary>
    private static bool MaySend(HttpContext http, IncidentsOptions options)
    {
        var caller = Caller.Of(http.User);
        if (caller.Kind == CallerKind.Key)
            return caller.May(Permission.Ingest);
        return string.IsNullOrEmpty(options.AlertToken)
            ? caller.Kind == CallerKind.Local
            : Holds(http.Request.Headers.Authorization.ToString(), options.AlertToken);
    }

    private static bool Holds(string header, string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes($"Bearer {token}"));
}

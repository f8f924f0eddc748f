using System.Data.Common;
using System.Text.Json;
using Copilot.Incidents;
using Copilot.Slack;
using Copilot.Slack.Api;
using Copilot.Slack.Inbound;
using Copilot.Web.Api.Edge;
using Copilot.Web.Hosting;
using Microsoft.AspNetCore.WebUtilities;

namespace Copilot.Web.Api;

/// <summary>Slack's request URLs. Nothing is read before the signature over the raw body holds.</summary>
public static class SlackEndpoints
{
    private const int LargestBody = 1024 * 1024;

    private static readonly JsonSerializerOptions ManifestJson = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Maps them where Slack is configured; otherwise only what helps to set it up is there.</summary>
    public static IEndpointRouteBuilder MapSlack(this IEndpointRouteBuilder endpoints)
    {
        // The manifest comes before the token: it is what makes the app that has one.
        endpoints.MapGet(
            "/api/v1/slack/manifest",
            (string? url, IncidentsOptions incidents) => Results.Json(SlackManifest.For(Site(url) ?? incidents.PublicUrl), ManifestJson)
        );
        endpoints.MapGet(
            "/api/v1/slack/check",
            async (IServiceProvider services, CancellationToken cancellationToken) =>
                services.GetService<SlackApi>() is { } api
                    ? Results.Ok(await SlackCheck.RunAsync(api, services.GetRequiredService<SlackOptions>(), cancellationToken))
                    : Results.Ok(
                        new SlackCheck(
                            false,
                            null,
                            null,
                            [],
                            "No bot token is set. Make the app from the manifest, install it, and set Slack:BotToken and "
                                + "Slack:SigningSecret."
                        )
                    )
        );
        if (!endpoints.ServiceProvider.GetRequiredService<SlackOptions>().IsOn)
            return endpoints;
        var slack = endpoints.MapGroup("/slack").DisableAntiforgery();
        slack
            .MapPost(
                "commands",
                (HttpContext http, SlackInbox inbox) =>
                    TakeAsync(
                        http,
                        body =>
                            inbox.TakeCommandAsync(
                                QueryHelpers.ParseQuery(
                                    body.Replace("%00", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal)
                                ),
                                http.RequestAborted
                            )
                    )
            )
            .WithMetadata(BodyType.Form);
        slack.MapPost(
            "events",
            (HttpContext http, SlackInbox inbox) =>
                TakeAsync(http, body => TakeJsonAsync(body, json => inbox.TakeEventAsync(json, http.RequestAborted)))
        );
        slack
            .MapPost(
                "interactivity",
                (HttpContext http, SlackInbox inbox) =>
                    TakeAsync(
                        http,
                        body =>
                            TakeJsonAsync(
                                QueryHelpers.ParseQuery(body).TryGetValue("payload", out var payload) ? payload.ToString() : "",
                                json => inbox.TakeInteractionAsync(json, http.RequestAborted)
                            )
                    )
            )
            .WithMetadata(BodyType.Form);
        return endpoints;
    }

    /// <exception cref="RefusedRequestException">It is no address that Slack could reach.</exception>
    private static Uri? Site(string? url)
    {
        if (string.IsNullOrWhiteSpace(url))
            return null;
        return Uri.TryCreate(url, UriKind.Absolute, out var site) && site!.Scheme is "http" or "https" && site.Host.Length > 0
            ? site
            : throw new RefusedRequestException("'url' must be the app's own http or https address, such as https://copilot.example.com.");
    }

    private static async Task<IResult> TakeAsync(HttpContext http, Func<string, Task<SlackReply>> take)
    {
        using var body = new MemoryStream();
        await using (var limited = new FileBufferingReadStream(http.Request.Body, LargestBody, LargestBody, Path.GetTempPath()))
        {
            try
            {
                await limited.CopyToAsync(body, http.RequestAborted);
            }
            catch (IOException)
            {
                return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
            }
        }

        var options = http.RequestServices.GetRequiredService<SlackOptions>();
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        if (
            !SlackSignature.IsValid(
                options.SigningSecret,
                http.Request.Headers["X-Slack-Request-Timestamp"],
                http.Request.Headers["X-Slack-Signature"],
                body.ToArray(),
                now
            )
        )
        {
            return ApiProblem.Refused(
                "Slack's signature over the body is missing, old, or does not hold.",
                StatusCodes.Status401Unauthorized
            );
        }

        try
        {
            var reply = await take(System.Text.Encoding.UTF8.GetString(body.ToArray()));
            return reply switch
            {
                { PlainText: { } text } => Results.Text(text),
                { Body: { } json } => Results.Json(json),
                _ => Results.Ok(),
            };
        }
        catch (JsonException)
        {
            return ApiProblem.BadRequest("The body is not JSON, as Slack sends it.");
        }
        catch (DbException)
        {
            // It could not be kept, so it is not acknowledged: Slack sends it again.
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<SlackReply> TakeJsonAsync(string text, Func<JsonElement, Task<SlackReply>> take)
    {
        using var document = JsonDocument.Parse(PlainText.Mend(text));
        return await take(document.RootElement);
    }
}

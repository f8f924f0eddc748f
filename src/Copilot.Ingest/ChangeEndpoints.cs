using System.Text.Json;
using Copilot.Ingest.Otlp;
using Copilot.Store.Reads.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Copilot.Ingest;

/// <summary>What was changed in the running systems: deploys, rollbacks, flag flips, configuration.</summary>
public static class ChangeEndpoints
{
    private const int MostListed = 1000;

    public static IEndpointRouteBuilder MapChanges(this IEndpointRouteBuilder routes)
    {
        var senders = routes.ServiceProvider.GetRequiredService<SenderKeys>();
        routes
            .MapPost(
                "/api/v1/changes",
                (HttpContext http, ChangeLog log, TimeProvider time, CancellationToken cancellationToken) =>
                    AddAsync(http, senders, log, time, cancellationToken)
            )
            .DisableAntiforgery()
            .OnIntake();
        routes.MapGet("/api/v1/changes", ListAsync);
        return routes;
    }

    /// <summary>
    /// Takes one change or a list. 200 with how many are new and which were refused and why; 400 where the body is not JSON or none was
    /// taken.
    /// </summary>
    private static async Task<IResult> AddAsync(
        HttpContext http,
        SenderKeys senders,
        ChangeLog log,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (senders.Recognize(http) is null)
            return Results.Problem(SenderKeys.Refusal(http).Message, statusCode: StatusCodes.Status401Unauthorized);
        var reader = http.Request.Headers.ContainsKey(OtlpHttpEndpoint.ImportedHeader)
            ? new ChangeReader("import", received: null)
            : new ChangeReader("api", time.GetUtcNow());
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: cancellationToken);
            JsonElement[] items =
                body.RootElement.ValueKind == JsonValueKind.Array ? [.. body.RootElement.EnumerateArray()] : [body.RootElement];
            if (items.Length > ChangeReader.MostItems)
                return Refusal($"At most {ChangeReader.MostItems} changes come in one request.");
            for (var index = 0; index < items.Length; index++)
                reader.Read(index, items[index]);
        }
        catch (JsonException failure)
        {
            return Refusal($"The body is not JSON: {failure.Message}");
        }

        if (reader is { Changes.Count: 0, Refused.Count: > 0 })
        {
            return Results.Problem(
                string.Join(" ", reader.Refused.Take(5).Select(refusal => refusal.Message)),
                statusCode: StatusCodes.Status400BadRequest,
                title: "The changes were not taken",
                extensions: new Dictionary<string, object?> { ["refused"] = reader.Refused }
            );
        }

        var added = reader.Changes.Count == 0 ? 0 : await log.AddAsync(reader.Changes, cancellationToken);
        return Results.Ok(
            new
            {
                accepted = reader.Changes.Count,
                added,
                refused = reader.Refused,
            }
        );
    }

    /// <summary>Newest first; everything is optional.</summary>
    private static async Task<IResult> ListAsync(
        ChangeReads reads,
        DateTimeOffset? from,
        DateTimeOffset? to,
        string? service,
        string? kind,
        int? limit,
        CancellationToken cancellationToken
    )
    {
        if (service?.Contains('\0', StringComparison.Ordinal) == true || kind?.Contains('\0', StringComparison.Ordinal) == true)
            return Results.Problem("service and kind hold no NUL character.", statusCode: StatusCodes.Status400BadRequest);
        var found = await reads.FindAsync(
            new ChangeFilter
            {
                From = from ?? DateTimeOffset.UnixEpoch,
                To = to ?? new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero),
                Services = service is null ? [] : [service],
                Kinds = kind is null ? [] : [kind],
                Limit = Math.Clamp(limit ?? 100, 1, MostListed),
            },
            cancellationToken
        );
        return Results.Ok(new { items = found });
    }

    private static IResult Refusal(string detail) =>
        Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "The changes were not taken");
}

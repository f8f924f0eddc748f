using System.Text.Json;
using Copilot.Incidents.Catalog;
using Copilot.Incidents.Catalog.Sources;
using Copilot.Incidents.Ownership;

namespace Copilot.Web.Api;

/// <summary>Catalogue files in, and what is known of owners out.</summary>
public static class CatalogEndpoints
{
    private const long LargestBody = 32 * 1024 * 1024;

    public static IEndpointRouteBuilder MapCatalog(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/catalog", PutAsync).DisableAntiforgery();
        endpoints.MapGet("/api/v1/catalog", ListAsync);
        endpoints.MapGet("/api/v1/owners/{service}", OwnerAsync);
        return endpoints;
    }

    /// <summary>
    /// Takes <c>{path, content}</c>, a list of them, or <c>{"files": […]}</c>. 200 with what became of each file; a broken one is told
    /// with line and column while its last good version stays in use, and a path that is none is refused. 400 where the body is none of these.
    /// </summary>
    private static async Task<IResult> PutAsync(HttpContext http, CatalogIntake intake, CancellationToken cancellation)
    {
        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = LargestBody;
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: cancellation);
            var files = Files(body.RootElement);
            return Results.Ok(new { files = await intake.PutAsync(files, cancellation) });
        }
        catch (JsonException e)
        {
            return ApiProblem.BadRequest($"The body is not valid JSON: {e.Message}");
        }
        catch (FormatException e)
        {
            return ApiProblem.BadRequest(e.Message);
        }
    }

    private static async Task<IResult> ListAsync(CatalogIntake intake, CatalogRefresh refresh, CancellationToken cancellation)
    {
        var files = await intake.ListAsync(cancellation);
        return Results.Ok(new
        {
            sources = await refresh.ListAsync(cancellation),
            files = files.Select(file => new
            {
                file.Path, file.Kind, file.Source, file.LoadedAt, inUse = file.Content is not null, file.Error, line = file.ErrorLine, column = file.ErrorColumn, file.ErrorAt,
            }),
        });
    }

    private static async Task<IResult> OwnerAsync(string service, DateTimeOffset? at, IOwnership ownership, TimeProvider time, CancellationToken cancellation)
    {
        var owners = await ownership.CurrentAsync(cancellation);
        return Results.Ok(owners.OwnerOf(service, at ?? time.GetUtcNow()));
    }

    private static List<CatalogFile> Files(JsonElement root)
    {
        var items = root.ValueKind switch
        {
            JsonValueKind.Array => root.EnumerateArray().ToArray(),
            JsonValueKind.Object when root.TryGetProperty("files", out var list) && list.ValueKind == JsonValueKind.Array => [.. list.EnumerateArray()],
            _ => [root],
        };
        var files = new List<CatalogFile>();
        foreach (var item in items)
        {
            if (item.ValueKind != JsonValueKind.Object || Text(item, "path") is not { } path || Text(item, "content") is not { } content)
                throw new FormatException("Each file needs a path and its content: {\"path\": \"catalog/components.yaml\", \"content\": \"…\"}.");
            files.Add(new CatalogFile(path, content));
        }

        return files;
    }

    /// <summary>Null where it is no text, which one with half of a surrogate pair is not either.</summary>
    private static string? Text(JsonElement item, string name)
    {
        try
        {
            return item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

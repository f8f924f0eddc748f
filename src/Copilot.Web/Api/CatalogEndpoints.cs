using System.Text.Json;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Owners;
using Copilot.Ownership.Sources;
using Copilot.Web.Api.Edge;

namespace Copilot.Web.Api;

/// <summary>Catalogue files in, and what is known of owners out.</summary>
public static class CatalogEndpoints
{
    private const long LargestBody = 32 * 1024 * 1024;
    private const string Wanted = "Each file needs a path and its content: {\"path\": \"catalog/components.yaml\", \"content\": \"…\"}.";

    public static IEndpointRouteBuilder MapCatalog(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/catalog", PutAsync).DisableAntiforgery();
        endpoints.MapGet("/api/v1/catalog", ListAsync);
        endpoints.MapGet("/api/v1/owners/{service}", OwnerAsync);
        return endpoints;
    }

    /// <summary>
    /// Takes <c>{path, content}</c>, a list of them, or <c>{"files": […]}</c>. 200 with what became of each file; a broken one is told
    /// with line and column while its last good version stays in use, and a path that is none is refused; neither costs another file.
    /// 400 where there is no file in the body.
    /// </summary>
    private static async Task<IResult> PutAsync(HttpContext http, CatalogIntake intake, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(http, cancellationToken, LargestBody);
        var (files, refused) = Files(body.RootElement);
        if (files.Count == 0)
            return ApiProblem.BadRequest(
                refused.Count > 0 ? string.Join(" ", refused.Take(5).Select(file => $"{file.Path}: {file.Error}")) : Wanted
            );
        return Results.Ok(new { files = (await intake.PutAsync(files, cancellationToken)).Concat(refused) });
    }

    private static async Task<IResult> ListAsync(CatalogIntake intake, CatalogRefresh refresh, CancellationToken cancellationToken)
    {
        var files = await intake.ListAsync(cancellationToken);
        return Results.Ok(
            new
            {
                sources = await refresh.ListAsync(cancellationToken),
                files = files.Select(file => new
                {
                    file.Path,
                    file.Kind,
                    file.Source,
                    file.LoadedAt,
                    inUse = file.Content is not null,
                    file.Error,
                    line = file.ErrorLine,
                    column = file.ErrorColumn,
                    file.ErrorAt,
                }),
            }
        );
    }

    private static async Task<IResult> OwnerAsync(
        string service,
        BoundedTime? at,
        IOwnership ownership,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var owners = await ownership.CurrentAsync(cancellationToken);
        // The slash of a reference with its namespace stays escaped in a path.
        var name = service.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return Results.Ok(owners.OwnerOf(name, at?.Value ?? time.GetUtcNow()));
    }

    private static (List<CatalogFile> Files, List<CatalogFileOutcome> Refused) Files(JsonElement root)
    {
        var items = root.ValueKind switch
        {
            JsonValueKind.Array => root.EnumerateArray().ToArray(),
            JsonValueKind.Object when root.TryGetProperty("files", out var list) && list.ValueKind == JsonValueKind.Array =>
            [
                .. list.EnumerateArray(),
            ],
            _ => [root],
        };
        var (files, refused) = (new Dictionary<string, CatalogFile>(StringComparer.Ordinal), new List<CatalogFileOutcome>());
        foreach (var (place, item) in items.Index())
        {
            try
            {
                var file = File(item);
                if (!files.TryAdd(file.Path, file))
                    throw new RefusedRequestException("the path comes twice; the first one is used.");
            }
            catch (RefusedRequestException wrong)
            {
                refused.Add(
                    new CatalogFileOutcome($"file {place + 1} of the request", false, null, 0, wrong.Message, null, null, false, [])
                );
            }
        }

        return ([.. files.Values], refused);
    }

    private static CatalogFile File(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || item.Text("path") is not { } path || item.Text("content") is not { } content)
            throw new RefusedRequestException(Wanted);
        return new CatalogFile(path, content);
    }
}

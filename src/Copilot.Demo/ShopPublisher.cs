using System.Net.Http.Json;
using System.Reflection;

namespace Copilot.Demo;

/// <summary>Tells the copilot what a company would tell it: the catalogue, on-call, runbooks, and each change as it happens.</summary>
internal sealed class ShopPublisher(HttpClient http, Uri copilot)
{
    private const string Root = "Catalog/";

    public async Task CatalogAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = new List<object>();
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith(Root, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            files.Add(new { path = name[Root.Length..], content = await reader.ReadToEndAsync(cancellationToken) });
        }

        files.Add(new { path = "oncall.json", content = OnCallRotaFile.Json(now) });
        await PostAsync("api/v1/catalog", files, cancellationToken);
    }

    public Task ChangeAsync(ShopChange change, DateTimeOffset at, CancellationToken cancellationToken) =>
        PostAsync(
            "api/v1/changes",
            new
            {
                time = at,
                service = change.Service,
                kind = change.Kind,
                version = change.Version,
                previousVersion = change.PreviousVersion,
                summary = change.Summary,
                author = change.Author,
            },
            cancellationToken
        );

    private async Task PostAsync<T>(string path, T body, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(copilot, path), body, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            await Console.Error.WriteLineAsync(
                $"POST /{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}"
            );
    }
}

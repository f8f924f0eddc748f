using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Copilot.Ownership.Catalog;

namespace Copilot.Ownership.Sources;

/// <summary>A Backstage server's catalogue API, page by page; each page becomes one file.</summary>
internal sealed class BackstageSource(HttpClient http, Uri server, string? token) : ICatalogSource
{
    private const int PageSize = 500;
    private const int MostPages = 400;

    // Large catalogues carry whole API definitions; only what owners need is asked for.
    private const string Fields =
        "kind,metadata.name,metadata.namespace,metadata.title,metadata.annotations,spec.owner,spec.system,spec.type,"
        + "spec.profile,spec.members,"
        + "spec.memberOf,spec.children,spec.parent,spec.dependsOn";

    private readonly SourceCall _call = new(
        http,
        $"Backstage at {server}",
        "token",
        "Set Catalog:BackstageToken to one that may read the catalogue."
    );

    public string Name { get; } = "backstage " + server.Authority;

    public string Kind => "backstage";

    public string Place => server.AbsoluteUri;

    public async Task<IReadOnlyList<CatalogFile>> ReadAsync(CancellationToken cancellationToken)
    {
        var files = new List<CatalogFile>();
        string? cursor = null;
        do
        {
            if (files.Count == MostPages)
                throw new CatalogSourceException($"Backstage at {server} gives more than {MostPages * PageSize} entities.");
            var query = cursor is null
                ? string.Create(CultureInfo.InvariantCulture, $"limit={PageSize}&fields={Uri.EscapeDataString(Fields)}")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"limit={PageSize}&fields={Uri.EscapeDataString(Fields)}&cursor={Uri.EscapeDataString(cursor)}"
                );
            var (content, next) = await PageAsync(query, cancellationToken);
            files.Add(
                new CatalogFile(string.Create(CultureInfo.InvariantCulture, $"{Name}/entities-{files.Count + 1:0000}.json"), content)
            );
            if (next is not null && next == cursor)
                throw new CatalogSourceException($"Backstage at {server} gives the same page again and again.");
            cursor = next;
        } while (cursor is not null);
        return files;
    }

    private async Task<(string Content, string? Next)> PageAsync(string query, CancellationToken cancellationToken)
    {
        var address = new Uri(new Uri(server.AbsoluteUri.TrimEnd('/') + "/"), "api/catalog/entities/by-query?" + query);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (!string.IsNullOrWhiteSpace(token))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _call.ReadAsync(request, Page, cancellationToken);
    }

    private (string Content, string? Next) Page(string content)
    {
        using var page = JsonDocument.Parse(content);
        if (
            page.RootElement.ValueKind != JsonValueKind.Object
            || !page.RootElement.TryGetProperty("items", out var items)
            || items.ValueKind != JsonValueKind.Array
        )
            throw new CatalogSourceException($"What {server} answers is no page of a Backstage catalogue: it has no list \"items\".");
        var next =
            page.RootElement.TryGetProperty("pageInfo", out var info)
            && info.ValueKind == JsonValueKind.Object
            && info.TryGetProperty("nextCursor", out var cursor)
            && cursor.ValueKind == JsonValueKind.String
                ? cursor.GetString()
                : null;
        // The rest of the page says nothing about owners, and its cursors change although nothing else does.
        return ($"{{\"items\": {items.GetRawText()}}}", string.IsNullOrEmpty(next) ? null : next);
    }
}

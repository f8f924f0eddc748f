namespace Copilot.Incidents.Catalog;

/// <summary>Configuration section "Catalog": what is read on a schedule, beside what is handed in.</summary>
public sealed record CatalogOptions
{
    /// <summary>Folders or Git checkouts with catalogue files, CODEOWNERS, on-call data and runbooks.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>A Backstage server; its catalogue API is read.</summary>
    public Uri? BackstageUrl { get; init; }

    public string? BackstageToken { get; init; }

    public TimeSpan RefreshEvery { get; init; } = TimeSpan.FromMinutes(5);
}

using Copilot.Ownership.Owners;
using Copilot.Store.Reads.Topology;

namespace Copilot.Diagnosis.Alerts;

/// <summary>Which service an alert is about: what telemetry or the catalogue knows goes before what a label merely says.</summary>
public sealed class AlertedServices(ServiceReads services, IOwnership ownership)
{
    private static readonly string[] ScrapeWords = ["exporter", "metrics", "prometheus", "probe"];

    /// <returns>The service under the name that telemetry has for it; null where no name is a service's.</returns>
    public async Task<string?> OfAsync(Alert alert, CancellationToken cancellationToken)
    {
        if (alert.Services.Count == 0)
            return null;
        var sending = await services.NamesAsync(cancellationToken);
        var owners = await ownership.CurrentAsync(cancellationToken);
        foreach (var name in alert.Services.Select(claim => claim.Name))
        {
            if (sending.FirstOrDefault(service => string.Equals(service, name, StringComparison.OrdinalIgnoreCase)) is { } known)
                return known;
            if (owners.EntityOf(name) is { } entity)
                return sending.FirstOrDefault(service => owners.EntityOf(service)?.Ref == entity.Ref) ?? name;
        }

        var scraped = alert.Services.Where(claim => !claim.IsService).Select(claim => claim.Name).ToArray();
        return alert.Services.FirstOrDefault(claim => claim.IsService && !NamesWhatWasScraped(claim.Name, scraped))?.Name;
    }

    /// <summary>Prometheus writes the Kubernetes service that it scraped into the same label that people write theirs into.</summary>
    private static bool NamesWhatWasScraped(string name, string[] scraped) =>
        scraped.Any(other => name.EndsWith(other, StringComparison.OrdinalIgnoreCase))
        || name.Split('-', '_', '.').Any(word => ScrapeWords.Contains(word, StringComparer.OrdinalIgnoreCase));
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Copilot.Diagnosis.Alerts;

/// <summary>What labels say: which alert it is, and which service it may be about.</summary>
internal static class AlertLabels
{
    // Prometheus puts a metric's own label aside under "exported_" where its scrape has one of the name.
    private static readonly string[] Services = ["service_name", "exported_service", "service", "service.name"];

    // What runs, what was scraped and where: a service only where it is known as one.
    private static readonly string[] Others = ["app", "application", "component", "deployment", "workload", "container", "job", "instance"];

    /// <summary>One text for one set of labels, whatever their order; null without labels.</summary>
    public static string? Key(JsonElement labels)
    {
        if (!labels.IsObject())
            return null;
        var pairs = labels.EnumerateObject().Select(label => (label.Name, Value: label.Value.ToString())).ToArray();
        if (pairs.Length == 0)
            return null;
        var text = JsonSerializer.Serialize(
            pairs.OrderBy(pair => pair.Name, StringComparer.Ordinal).SelectMany(pair => new[] { pair.Name, pair.Value })
        );
        return "labels/" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    public static IReadOnlyList<ServiceClaim> Claims(JsonElement labels) =>
        [
            .. Services
                .Select(label => (Name: labels.Text(label), IsService: true))
                .Concat(Others.Select(label => (Name: labels.Text(label), IsService: false)))
                .Where(claim => claim.Name is not null)
                .Select(claim => new ServiceClaim(claim.Name!, claim.IsService)),
        ];
}

using Copilot.Agent.Interpretation.Catalogue;

namespace Copilot.Agent.Interpretation.Linking;

/// <summary>All that people may call a service.</summary>
internal static class ServiceNames
{
    public static void Add(CatalogueService service, string? prefix, NameIndex names, NameIndex stems)
    {
        var target = new LinkTarget(service.Name, LinkKind.Service)
        {
            Instrumented = service.Instrumented,
            Services = new HashSet<string>([service.Name], StringComparer.Ordinal),
        };
        AddName(service.Name, 1, target, prefix, names, stems);
        foreach (var alias in service.Aliases)
            AddName(alias, 0.97, target, prefix, names, stems);
    }

    /// <summary>Short forms that names are cut to, and what people say in full.</summary>
    private static readonly Dictionary<string, string> Full = new(StringComparer.Ordinal)
    {
        ["gw"] = "gateway", ["mgr"] = "manager", ["db"] = "database", ["msg"] = "message", ["acct"] = "account", ["proc"] = "processor", ["notif"] = "notification", ["recs"] = "recommendations", ["cfg"] = "config",
    };

    // A single word of the name of something that sends no spans is rather that word: "shipments" is no queue "shipment-created".
    private static void AddName(string name, double quality, LinkTarget target, string? prefix, NameIndex names, NameIndex stems)
    {
        var parts = NameParts.Of(name);
        if (parts.Count == 0)
            return;
        var address = name.Contains('.', StringComparison.Ordinal) && parts.Count > 2;
        names.Add(NameParts.Joined(parts), target, quality, tolerant: !address);
        stems.Add(NameParts.Stemmed(parts), target, quality - 0.03);
        if (address)
            return;
        if (parts.Any(Full.ContainsKey))
            names.Add(NameParts.Joined(parts.Select(p => Full.GetValueOrDefault(p, p))), target, quality - 0.04, tolerant: true);
        var telling = NameParts.Telling(parts, prefix);
        if (telling.Count < parts.Count || telling[0] != parts[0])
        {
            names.Add(NameParts.Joined(telling), target, quality - 0.05, tolerant: true);
            stems.Add(NameParts.Stemmed(telling), target, quality - 0.08);
        }

        if (telling.Count < 2)
            return;
        for (var i = 0; i < telling.Count; i++)
        {
            for (var n = target.Instrumented ? 1 : 2; n < telling.Count && i + n <= telling.Count; n++)
            {
                var part = telling.Skip(i).Take(n).ToList();
                var joined = NameParts.Joined(part);
                if (joined.Length < 3)
                    continue;
                names.Add(joined, target, n > 1 ? 0.82 : 0.75, tolerant: n > 1);
                stems.Add(NameParts.Stemmed(part), target, n > 1 ? 0.8 : 0.73);
            }
        }

        if (telling.Count > 2)
            names.Add(string.Concat(telling.Select(p => p[0])), target, 0.66);
    }
}

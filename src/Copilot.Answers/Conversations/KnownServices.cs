using Copilot.Language.Linking;
using Copilot.Ownership.Owners;

namespace Copilot.Answers.Conversations;

/// <summary>Joins what sends spans, what is called, and what the catalogue of owners lists, each under one name.</summary>
internal static class KnownServices
{
    private static readonly string[] Kinds = ["component", "resource", "api", "service"];

    public static IReadOnlyList<KnownService> Of(IReadOnlyList<string> sending, IReadOnlyList<string> peers, OwnershipSnapshot owners)
    {
        var services = new List<KnownService>();
        var named = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in sending)
        {
            string?[] called = [.. owners.NamesOf(name), owners.TitleOf(name)];
            var aliases = called.OfType<string>().Where(n => !n.Equals(name, StringComparison.OrdinalIgnoreCase)).Distinct().ToList();
            named.Add(name);
            named.UnionWith(aliases);
            services.Add(new KnownService(name, true, aliases, owners.DescriptionOf(name)));
        }

        // A name that a service bears already is no peer's, whatever else the catalogue says.
        var addresses = owners
            .PeerNames.Where(p => p.Key.Contains('.', StringComparison.Ordinal) && !p.Key.Contains('/', StringComparison.Ordinal))
            .ToLookup(p => p.Value, p => p.Key, StringComparer.OrdinalIgnoreCase);
        foreach (var entity in owners.Entities.Where(e => Kinds.Any(e.Is)))
        {
            if (!named.Add(entity.Name))
                continue;
            IEnumerable<string> aliases = addresses[entity.Name];
            if (entity.Title is { Length: > 0 } title)
                aliases = aliases.Append(title);
            var list = aliases.ToList();
            named.UnionWith(list);
            services.Add(new KnownService(entity.Name, false, list, entity.Description));
        }

        services.AddRange(peers.Where(named.Add).Select(peer => new KnownService(peer, false, [])));
        return services;
    }
}

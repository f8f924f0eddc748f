using Copilot.Instrument.Propagation;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Owners;
using Copilot.Store.Instrumentation;

namespace Copilot.Instrument.Ledger;

/// <summary>Everything that is known to run, one entry for one workload under however many names it goes.</summary>
internal sealed class KnownWorkloads
{
    private readonly Dictionary<string, KnownWorkload> _byKey = new(StringComparer.Ordinal);
    private readonly OwnershipSnapshot _owners;

    private KnownWorkloads(OwnershipSnapshot owners) => _owners = owners;

    public IEnumerable<KnownWorkload> All => _byKey.Values;

    /// <summary>Libraries, sites and documents run nowhere.</summary>
    public static bool IsService(CatalogEntity entity) =>
        entity.Is("Component") && entity.Type?.ToLowerInvariant() is not ("library" or "website" or "documentation" or "template");

    public static KnownWorkloads Of(LedgerFacts facts)
    {
        var known = new KnownWorkloads(facts.Owners);
        foreach (var service in facts.Services)
            known.At(service.Service).Presence = service;
        var names = new AddressedServices(
            facts.Services.Where(service => service.LastMinute is not null).Select(service => service.Service),
            facts.Sample
        );
        foreach (var peer in facts.Peers.GroupBy(peer => peer.Address, StringComparer.OrdinalIgnoreCase))
        {
            // Calls to a service that sends spans are its requests, whether or not they hang together.
            var meant = names.Of(peer.Key);
            known.At(meant is [var one] ? one : peer.Key).Calls.AddRange(peer);
        }

        foreach (var entity in facts.Owners.Entities.Where(IsService))
            known.At(entity.Name).Entity ??= entity;
        foreach (var workload in facts.Declared)
            known.At(workload.Name).Declared ??= workload;
        return known;
    }

    private KnownWorkload At(string name)
    {
        var part = HostName.ServicePart(name);
        var entity = _owners.EntityOf(name) ?? (part == name ? null : _owners.EntityOf(part));
        var plain = AddressedServices.Plain(part);
        var key = entity?.Ref ?? (plain.Length > 0 && HostName.IsPrivate(name) ? plain : name.ToLowerInvariant());
        if (!_byKey.TryGetValue(key, out var known))
            _byKey.Add(key, known = new KnownWorkload { Name = entity?.Name ?? name });
        known.Entity ??= entity;
        known.Addresses.Add(name);
        return known;
    }
}

/// <summary>What the sources say of one workload.</summary>
internal sealed class KnownWorkload
{
    private string _name = "";

    /// <summary>The name that its telemetry has, else the catalogue's, else what its callers call it.</summary>
    public required string Name
    {
        get => Presence?.Service ?? _name;
        init => _name = value;
    }

    public List<string> Addresses { get; } = [];

    public ServicePresence? Presence { get; set; }

    public List<PeerCalls> Calls { get; } = [];

    public CatalogEntity? Entity { get; set; }

    public DeclaredWorkload? Declared { get; set; }

    public bool SentSpans => Presence?.LastMinute is not null;

    public long Called => Calls.Sum(call => call.Calls);

    public IReadOnlyList<string> Callers =>
        [
            .. Calls
                .GroupBy(call => call.Caller, StringComparer.Ordinal)
                .OrderByDescending(same => same.Sum(call => call.Calls))
                .ThenBy(same => same.Key, StringComparer.Ordinal)
                .Select(same => same.Key),
        ];

    public IReadOnlyList<string> KnownFrom =>
        [
            .. new (bool Is, string From)[]
            {
                (SentSpans, "spans"),
                (Presence is not null && !SentSpans, "other telemetry"),
                (Calls.Count > 0, "calls"),
                (Entity is not null, "catalogue"),
                (Declared is not null, "scan"),
            }
                .Where(source => source.Is)
                .Select(source => source.From),
        ];
}

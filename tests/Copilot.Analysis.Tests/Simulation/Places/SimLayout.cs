using Copilot.Analysis.Samples;

namespace Copilot.Analysis.Tests.Simulation.Places;

/// <summary>Where a made-up system's pods run and which versions they are of, and under which attributes they say so.</summary>
internal sealed class SimLayout
{
    private static readonly string[] HostKeys = ["k8s.node.name", "host.name", "host.id", "node", "vm.name"];
    private static readonly string[] ZoneKeys =
    [
        "cloud.availability_zone",
        "topology.kubernetes.io/zone",
        "zone",
        "cloud.region",
        "datacenter",
    ];
    private static readonly string[] VersionKeys = ["service.version", "app.version", "git.commit", "container.image.tag", "build"];
    private static readonly string[] PodKeys = ["k8s.pod.name", "service.instance.id", "pod", "container.id"];

    private readonly Dictionary<(string Service, int Pod), int> _hosts = [];
    private readonly Dictionary<(string Service, int Pod), string> _versions = [];
    private readonly Dictionary<(string Service, int Pod, string? Version), int> _numbers = [];
    private readonly Dictionary<int, IReadOnlyList<SampleAttributeValue>> _resources = [];
    private readonly int _zones;
    private readonly string _prefix;

    public SimLayout(int seed, IReadOnlyList<SimService> services)
    {
        var random = new Random(unchecked((seed * 7919) + 17));
        HostKey = HostKeys[random.Next(HostKeys.Length)];
        ZoneKey = ZoneKeys[random.Next(ZoneKeys.Length)];
        VersionKey = VersionKeys[random.Next(VersionKeys.Length)];
        PodKey = PodKeys[random.Next(PodKeys.Length)];
        _zones = random.Next(2, 4);
        _prefix = random.Next(2) == 0 ? "n" : "ip-10-0-";
        Hosts = Math.Max(_zones, services.Sum(s => s.Pods) / random.Next(5, 9));
        foreach (var service in services)
        {
            var version = $"{random.Next(1, 9)}.{random.Next(20)}.{random.Next(9)}";
            // Some services run two versions at once, and nothing is wrong with that.
            var second = random.NextDouble() < 0.3 ? $"{version}-b" : version;
            for (var pod = 0; pod < service.Pods; pod++)
            {
                _hosts[(service.Name, pod)] = random.Next(Hosts);
                _versions[(service.Name, pod)] = pod == 0 ? second : version;
            }
        }
    }

    public string HostKey { get; }

    public string ZoneKey { get; }

    public string VersionKey { get; }

    public string PodKey { get; }

    public int Hosts { get; }

    /// <summary>By number, as the spans have it.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<SampleAttributeValue>> Resources => _resources;

    public int HostOf(SimService service, int pod) => _hosts[(service.Name, pod)];

    public int ZoneOf(SimService service, int pod) => HostOf(service, pod) % _zones;

    public string HostName(int host) => $"{_prefix}{host}";

    public static string ZoneName(int zone) => $"zone-{(char)('a' + zone)}";

    public static string PodName(SimService service, int pod) => $"{service.Name}-{pod}";

    /// <param name="version">Another version than the pod usually has; null: its own.</param>
    public int Resource(SimService service, int pod, string? version)
    {
        if (_numbers.TryGetValue((service.Name, pod, version), out var number))
            return number;
        number = _numbers.Count;
        _numbers.Add((service.Name, pod, version), number);
        _resources.Add(
            number,
            [
                new("service.name", service.Name),
                new(PodKey, PodName(service, pod)),
                new(HostKey, HostName(HostOf(service, pod))),
                new(ZoneKey, ZoneName(ZoneOf(service, pod))),
                new(VersionKey, version ?? _versions[(service.Name, pod)]),
                new("telemetry.sdk.language", service.Name.Length % 2 == 0 ? "go" : "java"),
            ]
        );
        return number;
    }
}

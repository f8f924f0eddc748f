using Copilot.Analysis.Tests.Simulation.Places;

namespace Copilot.Analysis.Tests.Simulation;

/// <summary>A made-up system: services in layers, whose operations call those below them.</summary>
internal sealed class SimSystem
{
    private static readonly string[] Syllables =
    [
        "ka",
        "lo",
        "mi",
        "ter",
        "vu",
        "son",
        "dra",
        "pel",
        "qui",
        "ros",
        "zen",
        "fi",
        "gor",
        "hal",
        "bri",
        "nox",
        "ul",
        "wy",
        "tam",
        "ce",
    ];

    /// <summary>In every so-manieth system log records do not say which trace they belong to.</summary>
    private const int LogsWithoutTraces = 3;

    private readonly Random _random;
    private readonly HashSet<string> _taken = [];

    private SimSystem(int seed)
    {
        _random = new Random(seed);
        Style = SimStyle.Random(_random) with { LogsNameTraces = seed % LogsWithoutTraces != 0 };
    }

    public SimStyle Style { get; }

    public List<SimService> Services { get; } = [];

    public List<SimPeer> Peers { get; } = [];

    /// <summary>What users ask for, with how often.</summary>
    public List<(SimOperation Operation, double Weight)> Entries { get; } = [];

    public SimLayout Layout { get; private set; } = null!;

    public SimTopics Topics { get; private set; } = null!;

    public static SimSystem Make(int seed)
    {
        var system = new SimSystem(seed);
        system.Build();
        system.Layout = new SimLayout(seed, system.Services);
        system.Topics = new SimTopics(seed, system.Services, system.TenantCount);
        return system;
    }

    public int TenantCount { get; } = 6;

    private void Build()
    {
        var count = _random.Next(5, 41);
        var layers = Math.Clamp(count / 5, 3, 6);
        for (var i = 0; i < count; i++)
            Services.Add(new SimService(Name(), i < 2 ? 0 : _random.Next(1, layers), _random.Next(1, 5)));
        for (var i = 0; i < Math.Max(2, count / 5); i++)
            Peers.Add(new SimPeer(Name() + ".db", true, 1 + (8 * _random.NextDouble())));
        Peers.Add(new SimPeer(Name() + ".cache", true, 0.5 + _random.NextDouble()));
        for (var i = 0; i < 2; i++)
            Peers.Add(new SimPeer("api." + Name() + ".example", false, 20 + (150 * _random.NextDouble())));
        foreach (var service in Services.OrderByDescending(s => s.Layer))
            AddOperations(service, layers);
        foreach (var operation in Services.Where(s => s.Layer == 0).SelectMany(s => s.Operations))
            Entries.Add((operation, 0.3 + _random.NextDouble()));
    }

    private void AddOperations(SimService service, int layers)
    {
        var below = Services.Where(s => s.Layer > service.Layer && s.Operations.Count > 0).ToList();
        var database = _random.NextDouble() < 0.6 ? Peers[_random.Next(Peers.Count - 3)] : null;
        var count = service.Layer == 0 ? _random.Next(2, 6) : _random.Next(1, 4);
        for (var i = 0; i < count; i++)
        {
            var operation = new SimOperation(service, OperationName(service), Math.Exp(0.5 + (3 * _random.NextDouble())))
            {
                IsParallel = _random.NextDouble() < 0.25,
            };
            if (Style.HasInnerSpans)
                operation.Inner.AddRange(Enumerable.Range(0, _random.Next(0, 3)).Select(_ => Name()));
            var calls = below.Count == 0 ? 0 : _random.Next(service.Layer == 0 ? 1 : 0, Math.Min(5, below.Count + 1));
            for (var c = 0; c < calls; c++)
                operation.Steps.Add(CallStep(below[_random.Next(below.Count)], service.Layer, layers));
            if (database is not null && _random.NextDouble() < 0.8)
                operation.Steps.Insert(_random.Next(operation.Steps.Count + 1), new SimStep { Peer = database });
            if (_random.NextDouble() < 0.2)
                operation.Steps.Insert(
                    0,
                    new SimStep
                    {
                        Peer = Peers[^3],
                        Probability = 0.9,
                        IsOptional = true,
                    }
                );
            if (_random.NextDouble() < 0.08)
                operation.Steps.Add(new SimStep { Peer = Peers[^_random.Next(1, 3)], IsOptional = _random.NextDouble() < 0.3 });
            service.Operations.Add(operation);
        }
    }

    private SimStep CallStep(SimService callee, int layer, int layers) =>
        new()
        {
            Target = callee.Operations[_random.Next(callee.Operations.Count)],
            Probability = _random.NextDouble() < 0.6 ? 1 : 0.2 + (0.7 * _random.NextDouble()),
            IsMessage = layer < layers - 1 && _random.NextDouble() < 0.1,
            Retries = _random.NextDouble() < 0.2 ? 2 : 0,
            TimeoutMs = 1000 + (4000 * _random.NextDouble()),
            IsOptional = _random.NextDouble() < 0.15,
        };

    private string OperationName(SimService service) =>
        _random.Next(3) switch
        {
            0 => $"GET /{Name()}/{{id}}",
            1 => $"{service.Name}.v1.{Name()}/Get{Name()}",
            _ => $"POST /{Name()}",
        };

    private string Name()
    {
        string name;
        do name = string.Concat(Enumerable.Range(0, _random.Next(2, 4)).Select(_ => Syllables[_random.Next(Syllables.Length)]));
        while (!_taken.Add(name));
        return name;
    }
}

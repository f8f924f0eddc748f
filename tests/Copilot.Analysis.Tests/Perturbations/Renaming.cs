using Copilot.Analysis.Samples;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Tests.Perturbations;

/// <summary>The same under other names: of services, operations, instances and peers.</summary>
internal sealed record Renaming(AnalysisInput Input, IReadOnlyDictionary<string, string> Names)
{
    public static Renaming Of(AnalysisInput input, Random random)
    {
        var named = new HashSet<int>();
        foreach (var span in input.Baselines.Append(input.Bad).SelectMany(s => s.Spans))
            named.UnionWith([span.Service, span.Operation, span.Instance, span.Peer]);
        var names = new NameTable();
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < input.Names.Count; i++)
        {
            var name = input.Names[i];
            known[name] = named.Contains(i)
                ? random.Next().ToString("x8", System.Globalization.CultureInfo.InvariantCulture) + "-" + i
                : name;
            names.Add(known[name]);
        }

        return new Renaming(
            input with
            {
                Names = names,
                Resources =
                [
                    .. input.Resources.Select(r =>
                        r with
                        {
                            Service = New(r.Service),
                            Instance = r.Instance is null ? null : New(r.Instance),
                        }
                    ),
                ],
                Changes = [.. input.Changes.Select(c => c with { Service = New(c.Service) })],
                PeerNames = input.PeerNames.ToDictionary(p => New(p.Key), p => p.Value),
            },
            known
        );

        string New(string name) => known.GetValueOrDefault(name, name);
    }
}

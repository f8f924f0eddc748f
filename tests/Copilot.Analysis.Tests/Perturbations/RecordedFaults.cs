using Copilot.Analysis.Samples;
using Copilot.Analysis.Tests.Simulation;
using Copilot.Analysis.Tests.Worlds;
using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Tests.Perturbations;

/// <summary>The faults of the recorded worlds and of some made-up systems, and stretches of them in which nothing changed.</summary>
internal static class RecordedFaults
{
    private static readonly HashSet<string> Nothing = [];

    public static IEnumerable<RecordedFault> Of(IReadOnlyList<NezhaCase> cases)
    {
        foreach (var c in cases)
        {
            var other = cases.FirstOrDefault(o => o.System == c.System && o.Cause != c.Cause);
            yield return new RecordedFault(c.Id, c.System, new HashSet<string> { c.Cause }, c.Input, c.At, other?.Input);
        }
    }

    public static IEnumerable<RecordedFault> Of(RecordedWorld world)
    {
        foreach (var fault in world.Faults.Where(f => f.Cause is not null))
        {
            var other = world.Faults.First(o => o.Cause is not null && o.Cause != fault.Cause);
            yield return new RecordedFault(
                fault.Id,
                world.Name,
                new HashSet<string>([fault.Cause!, .. fault.Also]),
                world.Input(fault.Window, fault.Baseline),
                window => world.Input(window, fault.Baseline with { ToNs = Math.Min(fault.Baseline.ToNs, window.FromNs) }),
                world.Input(other.Window, other.Baseline)
            );
        }
    }

    /// <summary>One fault of each kind for each of some systems.</summary>
    public static IEnumerable<RecordedFault> MadeUp(int firstSeed, int systems) =>
        from kind in SimFaults.Kinds
        from seed in Enumerable.Range(firstSeed, systems)
        let made = SimCase.Make(seed, kind)
        where made is not null
        select new RecordedFault($"{kind}, seed {seed}", "made-up systems", made.Fault.Causes, made.Input, _ => null, Another(seed, kind));

    /// <summary>
    /// Fault-free minutes of the recorded systems and of made-up ones, their traces dealt at random to now and before: whatever
    /// differs then is chance. Minutes with a fault serve as well, for it is in both halves.
    /// </summary>
    public static IEnumerable<RecordedFault> Dealt(IReadOnlyList<RecordedFault> faults, int seed)
    {
        foreach (var fault in faults)
        {
            foreach (var (sample, number) in fault.Input.Baselines.Append(fault.Input.Bad).Select((sample, number) => (sample, number)))
            {
                var random = new Random(seed + number);
                var isNow = sample.TraceIds.Select(_ => random.NextDouble() < 0.5).ToArray();
                var input = fault.Input with
                {
                    Bad = Thinning.Keep(sample, sample.Window, t => isNow[t]),
                    Baselines = [Thinning.Keep(sample, sample.Window, t => !isNow[t])],
                };
                yield return new RecordedFault(fault.Id, fault.System, Nothing, input, _ => null, fault.Other);
            }
        }
    }

    /// <summary>The quiet times of a recorded system against each other.</summary>
    public static IEnumerable<RecordedFault> Quiet(RecordedWorld world, IReadOnlyList<TimeWindow> gaps)
    {
        var fault = world.Faults.First(f => f.Cause is not null);
        foreach (var bad in gaps)
        {
            foreach (var baseline in gaps.Where(g => g != bad))
            {
                yield return new RecordedFault(
                    $"{bad}",
                    world.Name,
                    Nothing,
                    world.Input(bad, baseline),
                    window => window.FromNs >= bad.FromNs && window.ToNs <= bad.ToNs ? world.Input(window, baseline) : null,
                    world.Input(fault.Window, fault.Baseline)
                );
            }
        }
    }

    private static AnalysisInput? Another(int seed, string kind) =>
        SimFaults.Kinds.Where(other => other != kind).Select(other => SimCase.Make(seed, other)).FirstOrDefault(c => c is not null)?.Input;
}

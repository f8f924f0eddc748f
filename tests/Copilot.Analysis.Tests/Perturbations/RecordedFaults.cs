using Copilot.Analysis.Samples;
using Copilot.Analysis.Tests.Accuracy;
using Copilot.Analysis.Tests.Simulation;
using Copilot.Analysis.Tests.Worlds;

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

    public static IEnumerable<RecordedFault> Of(RecordedWorld shop)
    {
        foreach (var fault in shop.Faults.Where(f => f.Cause is not null))
        {
            var other = shop.Faults.First(o => o.Cause is not null && o.Cause != fault.Cause);
            yield return new RecordedFault(
                fault.Id,
                "the recorded shop",
                new HashSet<string> { fault.Cause! },
                shop.Input(fault.Window, fault.Baseline),
                window => shop.Input(window, fault.Baseline with { ToNs = Math.Min(fault.Baseline.ToNs, window.FromNs) }),
                shop.Input(other.Window, other.Baseline));
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
                var input = fault.Input with { Bad = Thinning.Keep(sample, sample.Window, t => isNow[t]), Baselines = [Thinning.Keep(sample, sample.Window, t => !isNow[t])] };
                yield return new RecordedFault(fault.Id, fault.System, Nothing, input, _ => null, fault.Other);
            }
        }
    }

    /// <summary>The quiet times of the recorded shop against each other.</summary>
    public static IEnumerable<RecordedFault> Quiet(RecordedWorld shop)
    {
        var fault = shop.Faults.First(f => f.Cause is not null);
        foreach (var bad in RecordedShopTests.QuietGaps)
        {
            foreach (var baseline in RecordedShopTests.QuietGaps.Where(g => g != bad))
            {
                yield return new RecordedFault(
                    $"{bad}",
                    "the recorded shop",
                    Nothing,
                    shop.Input(bad, baseline),
                    window => window.FromNs >= bad.FromNs && window.ToNs <= bad.ToNs ? shop.Input(window, baseline) : null,
                    shop.Input(fault.Window, fault.Baseline));
            }
        }
    }

    private static AnalysisInput? Another(int seed, string kind) =>
        SimFaults.Kinds.Where(other => other != kind).Select(other => SimCase.Make(seed, other)).FirstOrDefault(c => c is not null)?.Input;
}

using System.Globalization;
using Copilot.Analysis.Causes;
using Copilot.Analysis.Tests.Accuracy;
using Copilot.Analysis.Tests.Simulation;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Analysis.Tests.Perturbations;

/// <summary>
/// Whether a confidence is told as often as it is right. COPILOT_CAUSES_SEED and _SYSTEMS for other made-up systems and more of them,
/// COPILOT_CAUSES_DRAWS=0 for those alone: then nothing of it is what the map was made of. The map that fits best is printed with it.
/// </summary>
[Trait("needs", "minutes")]
public sealed class ReliabilityTests(NezhaCases cases, RecordedShopTests.World shop, ITestOutputHelper output)
    : IClassFixture<NezhaCases>,
        IClassFixture<RecordedShopTests.World>
{
    private static readonly int From = Setting("COPILOT_CAUSES_SEED", 1);

    private static readonly int Systems = Setting("COPILOT_CAUSES_SYSTEMS", 3);

    private static readonly bool WithRecorded = Setting("COPILOT_CAUSES_DRAWS", 1) > 0;

    [Fact]
    public void Confidence_is_right_as_often_as_it_says()
    {
        var reliability = new Reliability();
        foreach (var kind in SimFaults.Kinds.Concat(SimFaults.Harmless))
        {
            foreach (
                var made in Enumerable.Range(From, 6 * Systems).Select(seed => SimCase.Make(seed, kind)).OfType<SimCase>().Take(Systems)
            )
                Add(new RecordedFault("", "", made.Fault.Causes, made.Input, _ => null, null), Perturbation.All[0]);
        }

        if (WithRecorded && Material.Find("shared/worlds/nezha") is not null && Material.Find("shared/worlds/harbor") is not null)
        {
            var recorded = RecordedFaults.Of(cases.All).Concat(RecordedFaults.Of(shop.Harbor)).ToList();
            // Each fault is seen in every sixth view, as it is or changed; with more systems asked for, in each.
            foreach (var (view, at) in Perturbation.All.Select((view, at) => (view, at)))
            {
                foreach (var fault in recorded.Where((_, i) => Systems > 3 || (i + at) % 6 == 0))
                    Add(fault, view);
            }

            foreach (var stretch in RecordedFaults.Dealt(recorded, 1))
                Add(stretch, Perturbation.All[0]);
        }

        var (intercept, slope) = reliability.Fit();
        output.WriteLine("| told | n | mean | right |\n| --- | --- | --- | --- |");
        output.WriteLine(string.Join('\n', reliability.Rows()));
        output.WriteLine(
            FormattableString.Invariant(
                $"expected calibration error {reliability.ExpectedError:0.000} of {reliability.Count}; best map: intercept {intercept:0.00}, slope {slope:0.00}"
            )
        );
        Assert.True(reliability.ExpectedError <= 0.1, "what is told is not what is right");

        void Add(RecordedFault fault, Perturbation view)
        {
            if (view.Of(fault, new Random(1)) is { } input && CauseRanker.Rank(input) is var report)
                reliability.Add(report, fault.RankIn(report) == 1);
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}

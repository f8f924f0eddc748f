using Copilot.Analysis.Reports;
using Copilot.Incidents.Investigations;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Incidents.Tests.Investigations;

/// <summary>One sick service of three hundred, in a window of which a fifth of the traces is read.</summary>
public sealed class FleetTests(ITestOutputHelper output)
{
    [Fact]
    public async Task One_sick_service_of_very_many_is_found_by_what_the_rollups_counted()
    {
        var folder = Directory.CreateTempSubdirectory("fleet").FullName;
        try
        {
            await PretendFleet.WriteAsync(folder);
            await using var world = await WorldDatabase.ImportAsync(
                folder, new Dictionary<string, string>(), options: new InvestigationOptions { Fresh = TimeSpan.Zero, MostTraces = 300, MostBaselineTraces = 150 });
            var wrong = new List<string>();
            foreach (var trouble in Enum.GetValues<PretendFleet.Trouble>())
            {
                var found = await world.Investigator.InvestigateAsync(
                    new InvestigationRequest { Window = PretendFleet.Bad(trouble), Baselines = PretendFleet.Good }, default);
                var named = found.Report.Verdict == CauseVerdict.Cause ? found.Report.Items[0].Service : null;
                var wanted = trouble == PretendFleet.Trouble.None ? null : PretendFleet.Sick(trouble);
                output.WriteLine($"{trouble}: wanted {wanted}, named {named}, {found.TracesRead} of {found.Traces} traces read, {found.ElapsedMs} ms: {found.Report.Summary}; first {string.Join(", ", found.Report.Items.Take(3).Select(i => $"{i.Service} {i.Score}"))}");
                if (named != wanted)
                    wrong.Add($"{trouble}: {named} instead of {wanted}");
                Assert.InRange(found.Traces, 1400, 1600);
            }

            Assert.Empty(wrong);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

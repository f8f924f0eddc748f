using Copilot.Analysis.Reports;
using Copilot.Diagnosis.Windows;
using Copilot.Store.Reads.Filters;
using Copilot.Store.Reads.Requests;
using Copilot.Telemetry.Records;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Diagnosis.Tests.Windows;

/// <summary>One sick service of three hundred, in windows of which a fifth of the traces is read.</summary>
[Trait("needs", "postgres")]
public sealed class FleetTests(FleetTests.World world, ITestOutputHelper output) : IClassFixture<FleetTests.World>
{
    [Fact]
    public async Task One_sick_service_of_very_many_is_found_by_what_the_rollups_counted()
    {
        var wrong = new List<string>();
        foreach (var trouble in Enum.GetValues<PretendFleet.Trouble>())
        {
            var found = await world.Investigator.AnalyzeAsync(
                new WindowAnalysisRequest { Window = PretendFleet.Bad(trouble), Baselines = PretendFleet.Good },
                default
            );
            var named = found.Report.Verdict == CauseVerdict.Cause ? found.Report.Items[0].Service : null;
            var wanted = trouble == PretendFleet.Trouble.None ? null : PretendFleet.Sick(trouble);
            output.WriteLine(
                $"{trouble}: wanted {wanted}, named {named}, {found.TracesRead} of {found.Traces} traces read, {found.ElapsedMs} ms: {found.Report.Summary}; first {string.Join(", ", found.Report.Items.Take(3).Select(i => $"{i.Service} {i.Score}"))}"
            );
            if (named != wanted)
                wrong.Add($"{trouble}: {named} instead of {wanted}");
            Assert.InRange(found.Traces, 1400, 1600);
            Assert.False(found.IsExact);
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(17, 3.5)]
    [InlineData(70, -45)]
    public async Task Figures_of_services_count_every_request_of_the_window(double startsLater, double endsLater)
    {
        var bad = PretendFleet.Bad(PretendFleet.Trouble.Failing);
        var window = new TimeWindow(bad.From.AddSeconds(startsLater), bad.To.AddSeconds(endsLater));
        var found = await world.Investigator.AnalyzeAsync(
            new WindowAnalysisRequest { Window = window, Baselines = [PretendFleet.Good[1]] },
            default
        );
        var now = await CountAsync(window);
        var before = await CountAsync(PretendFleet.Good[1]);
        Assert.True(found.TracesRead < found.Traces || startsLater > 60);
        Assert.Equal(now.Keys.Union(before.Keys).Order(), found.Report.Health.Select(h => h.Service).Order());
        foreach (var health in found.Report.Health)
        {
            Same(now.GetValueOrDefault(health.Service, RequestStatistics.None), health.Now.Requests, health.Now.Failed, health.Now.P95Ms);
            Same(
                before.GetValueOrDefault(health.Service, RequestStatistics.None),
                health.Before.Requests,
                health.Before.Failed,
                health.Before.P95Ms
            );
        }
    }

    private static void Same(RequestStatistics counted, long requests, long failed, double p95)
    {
        Assert.Equal((counted.Requests, counted.Failed), (requests, failed));
        Assert.InRange(p95, (counted.Percentile(95) ?? 0) * 0.99, (counted.Percentile(95) ?? 0) * 1.01);
    }

    private async Task<Dictionary<string, RequestStatistics>> CountAsync(TimeWindow window) =>
        (await world.Requests.GroupedAsync(new SpanFilter(), window, RequestGrouping.ByService, default)).ToDictionary(
            g => g.Service!,
            g => g.Statistics
        );

    public sealed class World : IAsyncLifetime
    {
        private WorldDatabase? _world;

        public WindowAnalyzer Investigator => _world!.Investigator;

        public RequestReads Requests => new(_world!.Postgres.Database);

        public async Task InitializeAsync()
        {
            var folder = Directory.CreateTempSubdirectory("fleet").FullName;
            try
            {
                await PretendFleet.WriteAsync(folder);
                _world = await WorldDatabase.ImportAsync(
                    folder,
                    new Dictionary<string, string>(),
                    options: new DiagnosisOptions
                    {
                        Fresh = TimeSpan.Zero,
                        MostTraces = 300,
                        MostBaselineTraces = 150,
                    }
                );
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        public async Task DisposeAsync() => await _world!.DisposeAsync();
    }
}

using System.Text.Json;
using Copilot.Instrument.Routes;
using Copilot.Instrument.Scanning;

namespace Copilot.Instrument.Tests.Languages;

/// <summary>The recorded systems: whatever is told is right, and what the manifests do not tell stays unknown.</summary>
public sealed class ExpectedLanguageTests
{
    private const string Manifests = "shared/fixtures/manifests";

    /// <summary>Of 43 workloads; the sources of the others are not beside their manifests (tests/RESULTS.md).</summary>
    private const int Told = 27;

    [RequiresFact("shared/fixtures/manifests")]
    public void No_language_is_wrong_and_most_that_can_be_told_are()
    {
        var (wrong, right) = (new List<string>(), 0);
        foreach (var system in Expected().GroupBy(row => row.System))
        {
            var findings = Scan(system.Key);
            foreach (var (_, workload, language) in system)
            {
                var told = findings.Where(f => f.Workload.Name == workload).Select(f => f.Language.Word()).Distinct().ToList();
                Assert.NotEmpty(told);
                wrong.AddRange(
                    told.Where(t => t != "unknown" && t != language).Select(t => $"{system.Key}/{workload}: {t}, not {language}")
                );
                right += told.Count == 1 && told[0] == language ? 1 : 0;
            }
        }

        Assert.Empty(wrong);
        Assert.True(right >= Told, $"{right} are told");
    }

    [RequiresFact("shared/fixtures/manifests")]
    public void Everything_that_is_instrumented_already_is_left_to_what_instruments_it()
    {
        var traced = Scan("otel-demo").Where(f => f.Main.Container.Variable("OTEL_EXPORTER_OTLP_ENDPOINT") is not null).ToList();
        Assert.NotEmpty(traced);
        Assert.All(traced, f => Assert.NotEqual(RouteKind.OperatorInjection, f.Route.Kind));
        Assert.All(traced, f => Assert.NotEqual(RouteKind.AgentByEnvironment, f.Route.Kind));
    }

    private static IReadOnlyList<WorkloadFinding> Scan(string system)
    {
        var variables = Material.Find($"{Manifests}/{system}/env");
        return FleetScan
            .Run(
                new ScanRequest { Paths = [Material.Get($"{Manifests}/{system}")], EnvironmentFiles = variables is null ? [] : [variables] }
            )
            .Findings;
    }

    private static IEnumerable<(string System, string Workload, string Language)> Expected() =>
        File.ReadLines(Material.Get($"{Manifests}/expected-languages.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Select(row => (Text(row, "system"), Text(row, "workload"), Text(row, "language")))
            .Select(row => row with { Item3 = row.Item3 == "datastore" ? "infrastructure" : row.Item3 });

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}

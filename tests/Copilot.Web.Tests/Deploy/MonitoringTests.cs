using System.Text.Json;
using System.Text.RegularExpressions;
using Copilot.Web.Hosting;
using Copilot.Web.Tests.Edge;
using Xunit;

namespace Copilot.Web.Tests.Deploy;

/// <summary>Alerts, dashboard and data source go by what the app has; each alert says what to do.</summary>
[Trait("needs", "postgres")]
public sealed partial class MonitoringTests(WholeApp app) : IClassFixture<WholeApp>
{
    [Fact]
    public async Task Every_metric_of_an_alert_or_a_panel_is_there_and_every_metric_is_shown()
    {
        var there = (await app.Http.GetStringAsync(new Uri("metrics", UriKind.Relative)))
            .Split('\n')
            .Where(line => line.StartsWith("# TYPE copilot_", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[2])
            .ToHashSet(StringComparer.Ordinal);
        // There once something was refused, received or distilled, and where the app runs its own Postgres.
        there.UnionWith([
            "copilot_store_free_bytes",
            "copilot_ingest_refused_total",
            "copilot_ingest_last_received_seconds",
            "copilot_store_distillation_last_seconds",
        ]);
        var (rules, board) = (
            DeployedFile.Read("monitoring", "prometheus-rules.yaml"),
            DeployedFile.Read("monitoring", "grafana-dashboard.json")
        );
        var shown = Metrics(board);
        Assert.Empty(Metrics(rules).Except(there));
        Assert.Empty(shown.Except(there));
        // When it last happened is on the page Status; how long ago, here.
        Assert.Equal(
            ["copilot_ingest_last_received_seconds", "copilot_store_distillation_last_seconds"],
            there.Except(shown).Order(StringComparer.Ordinal)
        );
    }

    [RequiresFact("promtool")]
    public async Task Alerts_fire_when_they_should_and_not_otherwise()
    {
        using var check = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("promtool", ["test", "rules", "alerts.test.yaml"])
            {
                WorkingDirectory = Path.Combine(Material.Repository, "tests", "Copilot.Web.Tests", "Deploy"),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var told = await check.StandardOutput.ReadToEndAsync() + await check.StandardError.ReadToEndAsync();
        await check.WaitForExitAsync();
        Assert.True(check.ExitCode == 0, told);
    }

    [Fact]
    public void Each_alert_leads_to_its_runbook_and_each_runbook_has_its_alert()
    {
        var alerts = DeployedFile
            .Documents(DeployedFile.Read("monitoring", "prometheus-rules.yaml"))[0]
            .Items("groups")
            .SelectMany(group => group.Items("rules"))
            .ToList();
        Assert.All(
            alerts,
            alert =>
            {
                Assert.Equal($"docs/runbooks.md#{alert.Text("alert").ToLowerInvariant()}", alert.Text("annotations", "runbook_url"));
                Assert.Contains(alert.Text("labels", "severity"), (string[])["critical", "warning"]);
                Assert.EndsWith(".", alert.Text("annotations", "summary"), StringComparison.Ordinal);
            }
        );
        var told = File.ReadLines(Path.Combine(Material.Repository, "docs", "runbooks.md"))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line[3..]);
        Assert.Equal(alerts.Select(alert => alert.Text("alert")).Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_dashboard_is_one_whose_panels_lie_side_by_side()
    {
        using var board = JsonDocument.Parse(DeployedFile.Read("monitoring", "grafana-dashboard.json"));
        var panels = board.RootElement.GetProperty("panels").EnumerateArray().ToList();
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        var taken = new HashSet<(int X, int Y)>();
        foreach (var place in panels.Select(panel => panel.GetProperty("gridPos")))
        {
            int Of(string name) => place.GetProperty(name).GetInt32();
            Assert.True(Of("x") + Of("w") <= 24);
            for (var x = Of("x"); x < Of("x") + Of("w"); x++)
            {
                for (var y = Of("y"); y < Of("y") + Of("h"); y++)
                    Assert.True(taken.Add((x, y)), $"Two panels lie at {x}, {y}.");
            }
        }
    }

    [Fact]
    public async Task The_data_source_leads_to_the_apps_own_Tempo()
    {
        var source = DeployedFile.Documents(DeployedFile.Read("monitoring", "grafana-datasource.yaml"))[0].At("datasources", 0);
        var address = new Uri(source.Text("url"));
        Assert.Equal(LaunchOptions.BrowserPort, address.Port);
        // What Grafana asks to see whether a Tempo is there.
        Assert.Equal("echo", await app.Http.GetStringAsync(new Uri($"{address.AbsolutePath.Trim('/')}/api/echo", UriKind.Relative)));
    }

    private static HashSet<string> Metrics(string text) => [.. Metric().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\bcopilot_[a-z_]+\b")]
    private static partial Regex Metric();
}

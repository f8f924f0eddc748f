using System.Globalization;
using Copilot.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Copilot.Incidents.Tests.Alerts;

/// <summary>An alert is known by what it is, whenever it starts and however often and in whatever order it is delivered.</summary>
[Trait("needs", "postgres")]
public sealed class AlertTests : IClassFixture<PostgresFixture>, IDisposable
{
    private const string Cases = "shared/cases/alerts";

    private readonly AlertHouse _house;
    private readonly string _title = "fails " + Guid.NewGuid().ToString("n");

    public AlertTests(PostgresFixture postgres) =>
        _house = new AlertHouse(postgres, new FakeTimeProvider(new DateTimeOffset(2026, 11, 28, 12, 20, 0, TimeSpan.Zero)));

    public void Dispose() => _house.Dispose();

    [Fact]
    public async Task An_alert_opens_one_investigation_and_its_end_closes_it_though_its_start_moved()
    {
        await FiringAsync("12:00:20");
        await FiringAsync("12:03:00");
        var open = Assert.Single(await _house.AllAsync(_title));
        Assert.Equal("bank", open.Cause);
        Assert.Equal(At("11:55:20"), open.Window.From);
        await ResolvedAsync("12:14:20", "12:14:20");
        Assert.Equal(At("12:14:20"), Assert.Single(await _house.AllAsync(_title)).ClosedAt);
    }

    [Fact]
    public async Task What_comes_late_again_or_out_of_order_changes_nothing()
    {
        await ResolvedAsync("12:00:00", "12:05:00");
        await FiringAsync("12:00:00");
        Assert.Empty(await _house.AllAsync(_title));

        await FiringAsync("12:10:00");
        await ResolvedAsync("12:00:00", "12:05:00");
        Assert.Single(await _house.OpenAsync(_title));

        await ResolvedAsync("12:10:00", "12:12:00");
        await ResolvedAsync("12:10:00", "12:12:00");
        await FiringAsync("12:10:00");
        Assert.Equal(At("12:12:00"), Assert.Single(await _house.AllAsync(_title)).ClosedAt);

        await FiringAsync("12:15:00");
        Assert.Single(await _house.OpenAsync(_title));
        Assert.Equal(2, (await _house.AllAsync(_title)).Count);
    }

    [Fact]
    public async Task Labels_in_another_order_are_the_same_alert_and_other_labels_another()
    {
        await _house.TakeAsync("alertmanager", Labelled("firing", """{"a":"1","id":"%","b":"2"}"""));
        await _house.TakeAsync("alertmanager", Labelled("firing", """{"b":"2","a":"1","id":"%"}"""));
        Assert.Single(await _house.AllAsync(_title));
        await _house.TakeAsync("alertmanager", Labelled("firing", """{"a":"1","id":"%","b":"3"}"""));
        Assert.Equal(2, (await _house.OpenAsync(_title)).Count);
        await _house.TakeAsync("alertmanager", Labelled("resolved", """{"id":"%","b":"2","a":"1"}"""));
        Assert.Single(await _house.OpenAsync(_title));
    }

    [Fact]
    public async Task An_investigation_that_alerts_share_is_over_when_the_last_of_them_is()
    {
        _house.Cause = "vault " + _title;
        await FiringAsync("12:00:00", "one");
        await FiringAsync("12:01:00", "two");
        Assert.Single(await _house.AllAsync(_title));
        await ResolvedAsync("12:00:00", "12:05:00", "one");
        Assert.Single(await _house.OpenAsync(_title));
        await ResolvedAsync("12:01:00", "12:06:00", "two");
        Assert.Empty(await _house.OpenAsync(_title));
    }

    [Fact]
    public async Task An_alert_that_started_long_ago_is_looked_into_where_it_started()
    {
        await FiringAsync("03:00:00");
        var look = Assert.Single(_house.Looks);
        Assert.Equal((At("02:55:00"), At("03:55:00")), (look.From, look.To));
    }

    [Theory]
    [InlineData("""{"alertname":"x","job":"node-exporter","instance":"10.0.0.1:9100"}""", "")]
    [InlineData("""{"alertname":"x","job":"kube-state-metrics","service":"prom-kube-state-metrics","deployment":"bank"}""", "bank")]
    [InlineData("""{"alertname":"x","job":"integrations/node_exporter","service":"node-exporter"}""", "")]
    [InlineData("""{"alertname":"x","service":"jetty"}""", "jetty")]
    [InlineData("""{"alertname":"x","service":"node_exporter","job":"node","exported_service":"jetty"}""", "jetty")]
    [InlineData("""{"alertname":"x","job":"bank","instance":"10.0.0.1:80"}""", "bank")]
    public async Task Labels_that_name_what_was_scraped_are_no_service_unless_it_is_known_as_one(string labels, string cause)
    {
        await _house.TakeAsync("alertmanager", Labelled("firing", labels.Replace("\"x\"", $"\"{_title}\"", StringComparison.Ordinal)));
        Assert.Equal(cause, Assert.Single(await _house.OpenAsync(_title)).Cause);
    }

    [RequiresFact("shared/cases/alerts")]
    public async Task Alerts_of_an_alertmanager_without_fingerprints()
    {
        await CaseAsync("alertmanager", "alertmanager-1-firing");
        Assert.Equal(2, (await _house.OpenAsync("pier-")).Count);
        await CaseAsync("alertmanager", "alertmanager-2-firing-again");
        Assert.Equal(2, (await _house.AllAsync("pier-")).Count);
        await CaseAsync("alertmanager", "alertmanager-3-one-over");
        Assert.Equal("pier-north", Assert.Single(await _house.OpenAsync("pier-")).Cause);
        await CaseAsync("alertmanager", "alertmanager-4-all-over");
        await CaseAsync("alertmanager", "alertmanager-1-firing");
        Assert.Empty(await _house.OpenAsync("pier-"));
    }

    [RequiresFact("shared/cases/alerts")]
    public async Task Grafanas_end_of_an_alert_starts_when_it_ends()
    {
        await CaseAsync("grafana", "grafana-1-firing");
        Assert.Single(await _house.OpenAsync("Tickets are slow"));
        await CaseAsync("grafana", "grafana-2-resolved");
        Assert.False(Assert.Single(await _house.AllAsync("Tickets are slow")).IsOpen);
    }

    [RequiresFact("shared/cases/alerts")]
    public async Task Notes_and_status_updates_of_an_incident_open_nothing()
    {
        const string title = "Mooring requests time out";
        await CaseAsync("pagerduty", "pagerduty-1-triggered");
        await CaseAsync("pagerduty", "pagerduty-2-annotated");
        await CaseAsync("pagerduty", "pagerduty-3-status-update");
        Assert.Single(await _house.OpenAsync(title));
        await CaseAsync("pagerduty", "pagerduty-4-resolved");
        await CaseAsync("pagerduty", "pagerduty-5-annotated-after");
        Assert.False(Assert.Single(await _house.AllAsync(title)).IsOpen);
    }

    private Task FiringAsync(string start, string key = "f") => OneAsync("firing", start, "0001-01-01T00:00:00Z", key);

    private Task ResolvedAsync(string start, string end, string key = "f") => OneAsync("resolved", start, $"2026-11-28T{end}Z", key);

    private Task OneAsync(string status, string start, string end, string key) =>
        _house.TakeAsync(
            "alertmanager",
            $$"""
            {"alerts":[{"status":"{{status}}","labels":{"alertname":"High","service":"bank"},"annotations":{"summary":"{{_title}} {{key}}"},
              "startsAt":"2026-11-28T{{start}}Z","endsAt":"{{end}}","fingerprint":"{{_title}} {{key}}"}]}
            """
        );

    private string Labelled(string status, string labels) =>
        $$"""
            {"alerts":[{"status":"{{status}}","labels":{{labels.Replace(
                "%",
                _title,
                StringComparison.Ordinal
            )}},"annotations":{"summary":"{{_title}}"},"startsAt":"2026-11-28T12:00:00Z"}]}
            """;

    private Task CaseAsync(string source, string name) => _house.TakeAsync(source, File.ReadAllText(Material.Get($"{Cases}/{name}.json")));

    private static DateTimeOffset At(string time) =>
        DateTimeOffset.Parse($"2026-11-28T{time}Z", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

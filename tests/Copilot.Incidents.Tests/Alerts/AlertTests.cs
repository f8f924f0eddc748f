using System.Text.Json;
using Copilot.Diagnosis.Investigations;
using Copilot.Incidents.Tests.Outbox;
using Copilot.Store.Investigations;
using Copilot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Copilot.Incidents.Tests.Alerts;

[Trait("needs", "postgres")]
public sealed class AlertTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Alertmanager = """
        {"version":"4","status":"firing","alerts":[
          {"status":"firing","labels":{"alertname":"HighErrorRate","service":"bank"},"annotations":{"summary":"bank fails"},"startsAt":"2026-05-05T12:00:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f1"},
          {"status":"resolved","labels":{"alertname":"Slow"},"annotations":{},"startsAt":"2026-05-05T11:00:00Z","endsAt":"2026-05-05T11:30:00Z","fingerprint":"f2"}]}
        """;

    private const string PagerDuty = """
        {"event":{"id":"e1","event_type":"incident.triggered","occurred_at":"2026-05-05T12:00:00Z","data":{"id":"P1","title":"Checkout down","service":{"summary":"till"},"created_at":"2026-05-05T12:00:00Z"}}}
        """;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 5, 12, 10, 0, TimeSpan.Zero));

    [Fact]
    public void Webhooks_are_read()
    {
        var alerts = Read("alertmanager", Alertmanager);
        Assert.Equal(
            [("f1", "bank fails", "bank", true), ("f2", "Slow", null, false)],
            alerts.Select(alert => (alert.Key, alert.Title, alert.Service, alert.Firing))
        );
        Assert.Null(alerts[0].EndsAt);
        var pager = Assert.Single(Read("pagerduty", PagerDuty));
        Assert.Equal(("P1", "Checkout down", "till", true), (pager.Key, pager.Title, pager.Service, pager.Firing));
        Assert.Throws<FormatException>(() => Read("grafana", "{}"));
        Assert.Throws<FormatException>(() => Read("grafana", "[1]"));
    }

    [Fact]
    public async Task An_alert_opens_one_suggestion_and_its_end_closes_it()
    {
        var house = new IncidentHouse(postgres, _time);
        var store = new InvestigationRepository(new InvestigationStore(postgres.Database));
        using var desk = new AlertIntake(house, store, _time, NullLogger<AlertIntake>.Instance);
        var alert = Read("alertmanager", Alertmanager)[0];
        await desk.LookAsync(alert, CancellationToken.None);
        await desk.LookAsync(alert, CancellationToken.None);
        var open = Assert.Single(await store.OpenAsync(CancellationToken.None));
        Assert.Equal("bank", open.Cause);
        Assert.Contains("bank fails", open.Summary, StringComparison.Ordinal);
        Assert.Equal(alert.StartsAt.AddMinutes(-5), open.Window.From);
        await desk.LookAsync(alert with { Firing = false, EndsAt = _time.GetUtcNow() }, CancellationToken.None);
        Assert.Empty(await store.OpenAsync(CancellationToken.None));
    }

    private IReadOnlyList<Alert> Read(string source, string json)
    {
        using var document = JsonDocument.Parse(json);
        return AlertReader.Read(source, document.RootElement, _time.GetUtcNow());
    }
}

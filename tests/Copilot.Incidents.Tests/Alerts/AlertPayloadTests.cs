using Copilot.Diagnosis.Alerts;
using Copilot.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Copilot.Incidents.Tests.Alerts;

/// <summary>The shapes in which other systems tell an alert's life, each from its start over what happens to it to its end.</summary>
[Trait("needs", "postgres")]
public sealed class AlertPayloadTests : IClassFixture<PostgresFixture>, IDisposable
{
    private readonly AlertHouse _house;
    private readonly string _id = Guid.NewGuid().ToString("n");

    public AlertPayloadTests(PostgresFixture postgres) =>
        _house = new AlertHouse(postgres, new FakeTimeProvider(new DateTimeOffset(2026, 5, 5, 12, 10, 0, TimeSpan.Zero)));

    public void Dispose() => _house.Dispose();

    [Fact]
    public void Webhooks_are_read()
    {
        var alerts = Read(
            "alertmanager",
            """
            {"version":"4","status":"firing","alerts":[
              {"status":"firing","labels":{"alertname":"HighErrorRate","service":"bank"},"annotations":{"summary":"bank fails"},"startsAt":"2026-05-05T12:00:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f1"},
              {"status":"resolved","labels":{"alertname":"Slow"},"annotations":{},"startsAt":"2026-05-05T11:00:00Z","endsAt":"2026-05-05T11:30:00Z","fingerprint":"f2"}]}
            """
        );
        Assert.Equal(
            [("f1", "bank fails", "bank", AlertState.Firing), ("f2", "Slow", null, AlertState.Over)],
            alerts.Select(alert => (alert.Key, alert.Title, alert.Services is [var first, ..] ? first.Name : null, alert.State))
        );
        Assert.Null(alerts[0].EndsAt);
        Assert.Throws<FormatException>(() => Read("grafana", "{}"));
        Assert.Throws<FormatException>(() => Read("grafana", "[1]"));
    }

    [Theory]
    [InlineData("incident.acknowledged", "acknowledged")]
    [InlineData("incident.unacknowledged", "triggered")]
    [InlineData("incident.escalated", "triggered")]
    [InlineData("incident.delegated", "triggered")]
    [InlineData("incident.reassigned", "triggered")]
    [InlineData("incident.priority_updated", "triggered")]
    [InlineData("incident.service_updated", "triggered")]
    [InlineData("incident.custom_field_values.updated", "triggered")]
    [InlineData("incident.workflow.started", "triggered")]
    public async Task What_happens_to_a_pagerduty_incident_opens_nothing_and_a_status_of_resolved_ends_it(string type, string status)
    {
        await PagerDutyAsync(type, status, "12:03");
        Assert.Empty(await _house.AllAsync(_id));
        await PagerDutyAsync("incident.triggered", "triggered", "12:00");
        await PagerDutyAsync(type, status, "12:03");
        Assert.Single(await _house.OpenAsync(_id));
        await PagerDutyAsync(type, "resolved", "12:05");
        Assert.False(Assert.Single(await _house.AllAsync(_id)).IsOpen);
        await PagerDutyAsync(type, status, "12:04");
        Assert.Single(await _house.AllAsync(_id));
        await PagerDutyAsync("incident.reopened", "triggered", "12:07");
        Assert.Single(await _house.OpenAsync(_id));
        await PagerDutyAsync("incident.resolved", "resolved", "12:05");
        Assert.Single(await _house.OpenAsync(_id));
    }

    [Theory]
    [InlineData(
        "responder.added",
        """{"incident":{"id":"%","type":"incident_reference","summary":"%"},"user":{"id":"U"},"type":"incident_responder"}"""
    )]
    [InlineData(
        "conference_bridge.updated",
        """{"incident":{"id":"%","type":"incident_reference"},"conference_numbers":[],"type":"incident_conference_bridge"}"""
    )]
    public async Task Parts_of_a_pagerduty_incident_open_nothing(string type, string data)
    {
        const string happening = """{"event":{"id":"E","event_type":"incident.TYPE","occurred_at":"2026-05-05T12:02:00Z","data":DATA}}""";
        await _house.TakeAsync(
            "pagerduty",
            happening
                .Replace("TYPE", type, StringComparison.Ordinal)
                .Replace("DATA", data, StringComparison.Ordinal)
                .Replace("%", _id, StringComparison.Ordinal)
        );
        Assert.Empty(await _house.AllAsync(_id));
    }

    [Fact]
    public void A_ping_and_a_services_own_event_are_no_alerts()
    {
        Assert.Empty(
            Read("pagerduty", """{"event":{"event_type":"pagey.ping","data":{"message":"Hello from your friend Pagey!","type":"ping"}}}""")
        );
        Assert.Empty(Read("pagerduty", """{"event":{"event_type":"service.updated","data":{"id":"PSVC","type":"service"}}}"""));
    }

    [Fact]
    public async Task A_dashboards_alert_of_an_older_grafana_is_known_by_its_rule()
    {
        await DashboardAsync("pending");
        Assert.Empty(await _house.AllAsync(_id));
        await DashboardAsync("alerting");
        await DashboardAsync("alerting");
        Assert.Equal("bank", Assert.Single(await _house.OpenAsync(_id)).Cause);
        _house.Time.Advance(TimeSpan.FromMinutes(1));
        await DashboardAsync("ok");
        Assert.False(Assert.Single(await _house.AllAsync(_id)).IsOpen);
        _house.Time.Advance(TimeSpan.FromMinutes(1));
        await DashboardAsync("no_data");
        Assert.Single(await _house.OpenAsync(_id));
    }

    [Fact]
    public async Task An_opsgenie_alert_is_opened_by_create_and_ended_by_close()
    {
        await OpsgenieAsync("AddNote", "2026-05-05T12:00:30Z");
        Assert.Empty(await _house.AllAsync(_id));
        await OpsgenieAsync("Create", "2026-05-05T12:00:00Z");
        foreach (var action in new[] { "Acknowledge", "AddNote", "Escalate", "AddTags", "UpdatePriority", "AssignOwnership", "Snooze" })
            await OpsgenieAsync(action, "2026-05-05T12:01:00Z");
        var open = Assert.Single(await _house.AllAsync(_id));
        Assert.Equal(("bank", new DateTimeOffset(2026, 5, 5, 11, 55, 0, TimeSpan.Zero)), (open.Cause, open.Window.From));
        await OpsgenieAsync("Close", "2026-05-05T12:05:00Z");
        await OpsgenieAsync("Create", "2026-05-05T12:00:00Z");
        Assert.Equal(new DateTimeOffset(2026, 5, 5, 12, 5, 0, TimeSpan.Zero), Assert.Single(await _house.AllAsync(_id)).ClosedAt);
    }

    [Theory]
    [InlineData(
        """{"alert_uid":"%","state":"alerting","title":"%","message":"down","service":"bank"}""",
        """{"alert_uid":"%","state":"ok"}"""
    )]
    [InlineData("""{"id":"%","status":"open","title":"%","service":"bank"}""", """{"id":"%","status":"closed","title":"%"}""")]
    [InlineData(
        """{"dedup_key":"%","event_action":"trigger","payload":{"summary":"%","source":"bank","severity":"error"}}""",
        """{"dedup_key":"%","event_action":"resolve"}"""
    )]
    [InlineData(
        """[{"fingerprint":"%","state":"ALERTING","message":"%","labels":{"service":"bank"}}]""",
        """[{"fingerprint":"%","state":"OK"}]"""
    )]
    [InlineData(
        """{"alerts":[{"title":"%","status":"firing","service":{"name":"bank"}}]}""",
        """{"alerts":[{"title":"%","status":"resolved","service":{"name":"bank"}}]}"""
    )]
    public async Task The_plain_shape_opens_and_ends_an_alert(string start, string end)
    {
        await _house.TakeAsync("generic", start.Replace("%", _id, StringComparison.Ordinal));
        Assert.Equal("bank", Assert.Single(await _house.OpenAsync(_id)).Cause);
        _house.Time.Advance(TimeSpan.FromMinutes(1));
        await _house.TakeAsync("generic", end.Replace("%", _id, StringComparison.Ordinal));
        Assert.False(Assert.Single(await _house.AllAsync(_id)).IsOpen);
    }

    [Fact]
    public async Task An_end_by_a_clock_that_is_behind_ends_what_told_no_start()
    {
        await _house.TakeAsync("generic", $$"""{"id":"{{_id}}","status":"firing","title":"{{_id}}"}""");
        _house.Time.Advance(TimeSpan.FromMinutes(1));
        await _house.TakeAsync("generic", $$"""{"id":"{{_id}}","status":"firing","title":"{{_id}}"}""");
        await _house.TakeAsync("generic", $$"""{"id":"{{_id}}","status":"resolved","endsAt":"2026-05-05T12:10:58Z"}""");
        Assert.False(Assert.Single(await _house.AllAsync(_id)).IsOpen);
    }

    [Theory]
    [InlineData("""{"id":"A"}""", "status is missing")]
    [InlineData("""{"id":"A","status":"purple"}""", "status is not known")]
    [InlineData("""{"status":"firing"}""", "which it is")]
    [InlineData("[1]", "JSON object")]
    public void A_plain_alert_that_cannot_be_told_is_refused_with_what_is_missing(string body, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Read("generic", body)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("1795867200")]
    [InlineData("1795867200000")]
    [InlineData("1795867200000000")]
    [InlineData("1795867200000000000")]
    public void A_number_is_a_time_in_the_unit_that_its_size_tells(string time)
    {
        var alert = Assert.Single(Read("generic", $$"""{"id":"A","status":"firing","startsAt":{{time}}}"""));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795867200), alert.StartsAt);
    }

    private Task PagerDutyAsync(string type, string status, string time) =>
        _house.TakeAsync(
            "pagerduty",
            $$"""
            {"event":{"id":"{{Guid.NewGuid()}}","event_type":"{{type}}","resource_type":"incident","occurred_at":"2026-05-05T{{time}}:00Z",
              "data":{"id":"{{_id}}","type":"incident","status":"{{status}}","title":"{{_id}}","created_at":"2026-05-05T12:00:00Z","service":{"summary":"bank","type":"service_reference"} } } }
            """
        );

    private Task DashboardAsync(string state) =>
        _house.TakeAsync(
            "grafana",
            $$"""
            {"dashboardId":1,"evalMatches":[{"value":100,"metric":"High value","tags":null}],"message":"m","orgId":1,"panelId":2,"ruleId":7,
              "ruleName":"{{_id}}","ruleUrl":"http://grafana.example/d/a?tab=alert","state":"{{state}}","tags":{"service":"bank"},"title":"[Alerting] {{_id}}"}
            """
        );

    private Task OpsgenieAsync(string action, string changed) =>
        _house.TakeAsync(
            "opsgenie",
            $$"""
            {"action":"{{action}}","alert":{"alertId":"{{_id}}","message":"{{_id}}","tags":["service:bank","prod"],"tinyId":"23","entity":"","alias":"{{_id}}",
              "createdAt":1777982400000,"updatedAt":"{{changed}}","username":"ops","team":"","priority":"P1"},
              "source":{"name":"","type":"web"},"integrationName":"Webhook","integrationId":"i","integrationType":"Webhook"}
            """
        );

    private IReadOnlyList<Alert> Read(string source, string json) => AlertHouse.Read(source, json, _house.Time.GetUtcNow());
}

using System.Text.Json;
using Copilot.Slack.Conversing;
using Xunit;

namespace Copilot.Slack.Tests.Text;

/// <summary>What alerting systems post, as they post it.</summary>
public sealed class AlertMessageTests
{
    // 2026-11-29 00:24:36 UTC
    private const string Ts = "1795911876.000100";

    [Theory]
    // Alertmanager's default: the words are in an attachment, the text is empty.
    [InlineData(
        """{"text":"","attachments":[{"color":"danger","title":"[FIRING:1] HighErrorRate (payments api)","fallback":"[FIRING:1]","text":"error rate 12% > 5% for 1m"}]}""",
        "payments",
        "2026-11-29 00:24:36Z"
    )]
    // Grafana.
    [InlineData(
        """{"attachments":[{"title":"[FIRING:1] High error rate","text":"**Firing**\n\nValue: A=0.12\nLabels:\n - alertname = High error rate\n - service_name = payments\nStarted: 2026-11-29 00:23:30 UTC"}]}""",
        "payments",
        "2026-11-29 00:23:30Z"
    )]
    // Datadog.
    [InlineData(
        """{"text":"Triggered: [P1] Error rate high on service:payments > 5% during the last 5m"}""",
        "payments",
        "2026-11-29 00:24:36Z"
    )]
    // PagerDuty, in blocks.
    [InlineData(
        """{"text":"","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"*Incident triggered*: errors"}},{"type":"section","fields":[{"type":"mrkdwn","text":"*Service:* payments"}]}]}""",
        "payments",
        "2026-11-29 00:24:36Z"
    )]
    public void An_alert_is_known_by_its_service_and_its_time(string message, string service, string at)
    {
        var alert = AlertMessage.Read(Message(message));

        Assert.NotNull(alert);
        Assert.Contains(alert.Claims, claim => claim.Name == service);
        Assert.Equal(at, alert.At.UtcDateTime.ToString("u", System.Globalization.CultureInfo.InvariantCulture));
        Assert.False(alert.IsOver);
    }

    [Fact]
    public void A_label_that_names_a_service_goes_before_words()
    {
        var alert = AlertMessage.Read(Message("""{"text":"[FIRING:2] Errors on web\njob: node\nservice: payments"}"""))!;

        Assert.Equal(("payments", true), (alert.Claims[0].Name, alert.Claims[0].IsService));
        Assert.Equal("node", alert.Claims[1].Name);
    }

    [Theory]
    [InlineData("FIRING: HighErrorRate payments")]
    [InlineData(":rotating_light: Triggered: payments error rate over the last 5m")]
    [InlineData(":red_circle: Alert: payments is slow for 5m")]
    [InlineData("CloudWatch Alarm | payments-5xx | Account: 1")]
    [InlineData("#1234: payments errors · Open")]
    public void Whatever_a_program_posts_is_nobodys_question(string text)
    {
        var message = System.Text.Json.JsonSerializer.Serialize(new { text, bot_id = "B1" });

        Assert.False(AlertMessage.Read(Message(message))!.IsOver);
    }

    [Theory]
    [InlineData("""{"text":"[RESOLVED] HighErrorRate payments","bot_id":"B1"}""", true)]
    [InlineData("""{"text":"resolved the merge conflict, payments builds again"}""", null)]
    [InlineData("""{"text":"why is payments slow?"}""", null)]
    [InlineData("""{"text":"are we firing somebody?"}""", null)]
    public void What_is_over_is_told_apart_and_what_people_write_is_no_alert(string message, bool? isOver) =>
        Assert.Equal(isOver, AlertMessage.Read(Message(message))?.IsOver);

    [Theory]
    [InlineData("why?", true)]
    [InlineData("", true)]
    [InlineData("what is this about?", true)]
    [InlineData("What's going on here?", true)]
    [InlineData("who should fix it?", false)]
    [InlineData("why is checkout slow?", false)]
    public void Pointing_at_an_alert_is_told_from_asking(string question, bool isPointing) =>
        Assert.Equal(isPointing, AlertQuestions.IsOnlyPointing(question));

    private static JsonElement Message(string json)
    {
        var message = System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject();
        message["ts"] = Ts;
        return JsonSerializer.SerializeToElement(message);
    }
}

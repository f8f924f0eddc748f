using System.Text.Json;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Investigations;
using Copilot.Telemetry.Records;
using Copilot.Web.Api;
using Xunit;

namespace Copilot.Web.Tests.Api;

public sealed class InvestigationBodyTests
{
    private const string Brief = """
        {"id":"s_1","open":true,"source":"watch","openedAt":"2026-11-03T02:50:00+00:00","lastSeenAt":"2026-11-03T02:55:00+00:00",
        "closedAt":null,"from":"2026-11-03T02:50:00+00:00","to":"2026-11-03T02:55:00+00:00","cause":"pay","operation":"POST /x",
        "kind":"errors","confidence":0.9,"summary":"It fails.","services":["pay","shop"],"traceIds":["t"]}
        """;

    private static readonly DateTimeOffset Begin = new(2026, 11, 3, 2, 50, 0, TimeSpan.Zero);
    private static readonly Investigation Found = new()
    {
        Id = "s_1",
        Source = Investigation.Watch,
        OpenedAt = Begin,
        LastSeenAt = Begin.AddMinutes(5),
        Window = new(Begin, Begin.AddMinutes(5)),
        Cause = "pay",
        Operation = "POST /x",
        Kind = CauseKind.Errors,
        Confidence = 0.9,
        Summary = "It fails.",
        Services = ["pay", "shop"],
        TraceIds = ["t"],
    };

    [Fact]
    public void In_a_list_an_investigation_is_told_briefly() =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(Brief), Sent(new InvestigationBody(Found))));

    [Fact]
    public void Asked_for_by_its_id_it_tells_why_it_should_be_believed()
    {
        var cause = new DiagnosedCause
        {
            Service = "pay",
            Score = 1,
            Kind = CauseKind.Errors,
            Why = "",
            Evidence = ["3 of 9 fail"],
        };
        var answer = WindowDiagnosis.None(Found.Window) with { Causes = [cause], Checks = ["Roll back."] };
        var whole = Sent(InvestigationBody.Whole(Found with { Answer = answer }));
        Assert.Equal("3 of 9 fail", whole.GetProperty("evidence")[0].GetString());
        Assert.Equal("Roll back.", whole.GetProperty("checks")[0].GetString());
        Assert.Equal(["affected", "path", "rejected"], Empty(whole));
    }

    [Fact]
    public void An_alert_in_which_nothing_stood_out_names_no_cause()
    {
        var alert = Sent(InvestigationBody.Whole(Found with { Cause = "", Kind = null, ClosedAt = Begin.AddMinutes(9) }));
        Assert.Equal(JsonValueKind.Null, alert.GetProperty("cause").ValueKind);
        Assert.Equal("alert", alert.GetProperty("kind").GetString());
        Assert.False(alert.GetProperty("open").GetBoolean());
        Assert.Equal(["affected", "evidence", "path", "rejected", "checks"], Empty(alert));
    }

    private static JsonElement Sent(InvestigationBody body) => JsonSerializer.SerializeToElement(body, JsonSerializerOptions.Web);

    private static IEnumerable<string> Empty(JsonElement body) =>
        body.EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.Array && m.Value.GetArrayLength() == 0).Select(m => m.Name);
}

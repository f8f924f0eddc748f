using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Investigations;
using Copilot.Telemetry.Records;
using Copilot.TraceQL;
using Copilot.Web.Display;
using Copilot.Web.Investigations;
using Xunit;

namespace Copilot.Web.Tests.Investigations;

public sealed class FindingTextTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 3, 2, 50, 0, TimeSpan.Zero);
    private static readonly TimeWindow Window = new(Begin, Begin.AddMinutes(5));

    [Theory]
    [InlineData(CauseKind.Errors, null, "{ resource.service.name = \"pay \\\"me\\\"\" && name = \"POST /x\" && status = error }")]
    [InlineData(CauseKind.Latency, null, "{ resource.service.name = \"pay \\\"me\\\"\" && name = \"POST /x\" }")]
    [InlineData(CauseKind.Latency, "caller", "{ resource.service.name = \"caller\" }")]
    public void The_cause_opens_as_a_query_over_the_time_of_the_trouble(CauseKind kind, string? seenAt, string query)
    {
        var cause = new DiagnosedCause
        {
            Service = "pay \"me\"",
            Operation = "POST /x",
            Score = 1,
            Kind = kind,
            Why = "",
            SeenAt = seenAt,
        };
        var address = InvestigationText.QueryAddress(cause, WindowDiagnosis.None(Window));
        Assert.Equal(QueryLink.To(query, Window.From, Window.To), address);
        Assert.True(TraceQlParser.TryParse(query, out _, out _));
    }

    [Fact]
    public void The_summary_is_told_by_the_readers_clock()
    {
        var investigation = new Investigation
        {
            Id = "s_1",
            Source = Investigation.Watch,
            OpenedAt = Begin,
            LastSeenAt = Begin,
            Window = Window,
            Cause = "pay",
            Kind = CauseKind.Errors,
            Confidence = 0.9,
            Summary = "It began with a change at 02:51:15 UTC.",
            Services = [],
        };
        var clock = new LocalTime(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), Begin.AddMinutes(10));
        Assert.Equal("It began with a change at 03:51:15.", InvestigationText.Summary(investigation, clock));
        Assert.Equal("pay", InvestigationText.Title(investigation));
        Assert.Equal("pay, POST /x", InvestigationText.Title(investigation with { Operation = "POST /x" }));
        Assert.Equal("An alert", InvestigationText.Title(investigation with { Cause = "" }));
    }
}

using Copilot.Language.Frames;
using Copilot.Language.Questions;
using Xunit;

namespace Copilot.Language.Tests.Readings;

/// <summary>Log records that are pasted as a program prints them, and what is asked about them.</summary>
public sealed class LoggedTextTests
{
    [Theory]
    [InlineData("[08:01:28 WRN] fare cache is at 30 of 30\nhow many of these from ticketing since 08:00?", "fare cache is at 30 of 30")]
    [InlineData("ERROR ticketing-svc Store.load failed: timed out\n\nhow many of these since 08:00?", "Store.load failed: timed out")]
    [InlineData("`warn: fare cache is cold` - how many times did ticketing log this since 08:00?", "fare cache is cold")]
    public void What_a_record_says_is_counted_among_log_records(string question, string said)
    {
        var plan = Told.Plan(question);
        Assert.Equal(QuestionKind.Query, plan.Kind);
        Assert.Equal(FramePopulation.Logs, plan.Frame!.Over);
        Assert.Equal("ticketing-svc", Assert.Single(plan.Services).Name);
        Assert.Contains(said, plan.Frame.Where!.ToString().Replace("\\", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Space_parts_sentences_of_who_writes_no_full_stops()
    {
        var plan = Told.Plan("alert is back  which region is ticketing failing in since 08:00");
        Assert.Equal(QuestionKind.Breakdown, plan.Kind);
        Assert.Empty(Told.Plan("error rate of ticketing  since 08:00").Ignored);
    }
}

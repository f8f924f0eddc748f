using Copilot.Language.Kinds;
using Copilot.Language.Linking;
using Copilot.Language.Sentences;
using Copilot.Language.Tests.Readings;
using Xunit;

namespace Copilot.Language.Tests.Kinds;

public sealed class KindTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse(
        "2026-11-22T08:18:00Z",
        System.Globalization.CultureInfo.InvariantCulture
    );

    [Theory]
    [InlineData("how many calls landed on ticketing-svc from eight to ten past eight?", "Number")]
    [InlineData("what share of loyalty's traffic was gold tier?", "Number")]
    [InlineData("is ticketing-svc alright again or still in trouble?", "Period")]
    [InlineData("name the person who carries the pager for seat-map", "Owners")]
    [InlineData("what did anybody alter in fare-engine since 08:00", "Changes")]
    [InlineData("dig out the five requests of edge-gateway that dragged on the longest", "Traces")]
    [InlineData("which exceptions were thrown around in checkin-api, with their text", "Errors")]
    [InlineData("who talks to user-profile", "Callers")]
    public void The_kind_is_told_by_words_that_no_list_has(string question, string kind)
    {
        var sentence = SentenceReader.Read(question, Now, TimeZoneInfo.Utc, KnownNamesIndex.Of(Airline.Catalogue));

        var judged = KindModel.Learned.Judge(KindFeatures.Of(KindFeatures.Masked(sentence)));

        Assert.Equal(kind, judged.MaxBy(j => j.Value).Key.ToString());
    }

    [Fact]
    public void Names_times_and_values_are_put_aside()
    {
        var sentence = SentenceReader.Read(
            "error rate of ticketing-svc for gold since 08:00",
            Now,
            TimeZoneInfo.Utc,
            KnownNamesIndex.Of(Airline.Catalogue)
        );

        Assert.Equal("error rate of <service> for <value> <time>", string.Join(' ', KindFeatures.Masked(sentence)));
    }

    [Fact]
    public void A_text_without_any_word_is_of_no_kind()
    {
        var judged = KindModel.Learned.Judge(KindFeatures.Of([]));

        Assert.All(judged.Values, likely => Assert.True(likely < 0.6));
    }
}

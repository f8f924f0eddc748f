using Copilot.Language.Asks;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Sentences;
using Copilot.Language.Tests.Readings;
using Xunit;

namespace Copilot.Language.Tests.Kinds;

/// <summary>What asks and what tells in a message, and where one without any mark is cut.</summary>
public sealed class MessageTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse(
        "2026-11-22T08:18:00Z",
        System.Globalization.CultureInfo.InvariantCulture
    );

    [Theory]
    [InlineData("Seats have been slow for many people since 08:00. What lies behind it?", "What lies behind it ?")]
    [InlineData(
        "In the chat it is said that ticketing became slower. How high is its p95 from 08:00 to 08:05?",
        "How high is its p95 from 08:00 to 08:05 ?"
    )]
    public void A_story_beside_a_question_asks_nothing(string message, string asked)
    {
        var sentence = Read(message);

        var only = Assert.Single(AskClauses.Split(sentence), c => c.Asking == Asking.Surely);
        Assert.Equal(asked, sentence.Words(only.Start, only.End));
    }

    [Fact]
    public void What_was_dictated_is_cut_where_something_new_begins()
    {
        var sentence = Read(
            "hi sorry for the voice message i am in the car and my boss is asking me all the time so please tell me the error rate of "
                + "ticketing between eight and five past eight and then i also need to know who is on call for the loyalty service thanks a lot bye"
        );

        var asked = AskClauses.Split(sentence).Where(c => c.Asking == Asking.Surely).Select(c => sentence.Words(c.Start, c.End)).ToList();

        Assert.Contains(asked, a => a.Contains("error rate of ticketing", StringComparison.Ordinal));
        Assert.Contains(asked, a => a.Contains("on call for the loyalty service", StringComparison.Ordinal));
        Assert.DoesNotContain(asked, a => a.Contains("boss", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("above average", "above average")]
    [InlineData(
        "(slower/longer) than [the/its] mean",
        "slower than the mean,slower than its mean,slower than mean,longer than the mean,longer than its mean,longer than mean"
    )]
    [InlineData("[very] slow", "very slow,slow")]
    public void A_phrase_stands_for_all_that_its_brackets_say(string phrase, string spelled) =>
        Assert.Equal(spelled.Split(','), PhrasePatterns.Spelled(phrase));

    [Fact]
    public void A_bracket_that_is_not_closed_is_told() => Assert.Throws<FormatException>(() => PhrasePatterns.Spelled("(a/b c").ToList());

    private static Sentence Read(string text) => SentenceReader.Read(text, Now, TimeZoneInfo.Utc, KnownNamesIndex.Of(Airline.Catalogue));
}

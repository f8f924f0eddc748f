using Copilot.Language.Linking;
using Copilot.Language.Queries;
using Copilot.Language.Tests.Readings;
using Copilot.TraceQL;
using Xunit;

namespace Copilot.Language.Tests.Queries;

/// <summary>What plain words are translated to, with and without a catalogue.</summary>
public sealed class TranslationTests
{
    public static TheoryData<string, string> Table
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (
                var cells in File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Queries", "translations.tsv"))
                    .Select(l => l.Split('\t'))
                    .Where(c => c.Length == 2)
            )
                data.Add(cells[0], cells[1]);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Words_are_translated_to(string words, string query)
    {
        var translation = TraceQlTranslator.Translate(words, KnownNames.Empty, Told.AsOf);
        Assert.Equal(query, translation.Query?.ToString());
        Assert.Empty(translation.Unread);
    }

    [Theory]
    [InlineData(
        "spans of edge-gateway below ticketing-svc",
        "{ resource.service.name = \"ticketing-svc\" } >> { resource.service.name = \"edge-gateway\" }"
    )]
    [InlineData("traces with more than 3 gold tier spans", "{ span.customer.tier = \"gold\" } | count() > 3")]
    [InlineData("seat-map spans that returned 503", "{ resource.service.name = \"seat-map\" && span.http.response.status_code = 503 }")]
    [InlineData(
        "errors of loyalty in prod",
        "{ status = error && resource.service.name = \"loyalty\" && resource.deployment.environment.name = \"prod\" }"
    )]
    public void Names_are_those_of_the_catalogue(string words, string query) =>
        Assert.Equal(query, TraceQlTranslator.Translate(words, Airline.Catalogue, Told.AsOf).Query?.ToString());

    [Theory]
    [InlineData("spans of the wobbly frobnicator", "wobbly")]
    [InlineData("traces where a POST was ok but a GET was not", "not")]
    [InlineData("spans with more than 3 retries", "retries")]
    public void Words_that_the_query_does_not_say_are_named(string words, string unread) =>
        Assert.Contains(unread, TraceQlTranslator.Translate(words, KnownNames.Empty, Told.AsOf).Unread);

    /// <summary>Any text at all: no exception, and whatever query comes out can be parsed.</summary>
    [Fact]
    public void Any_text_gives_a_valid_query_or_none()
    {
        var words = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Queries", "translations.tsv"))
            .SelectMany(l => l.Split('\t'))
            .SelectMany(l => l.Split(' '))
            .Distinct()
            .ToArray();
        var random = new Random(11);
        for (var i = 0; i < 6_000; i++)
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(0, 14)).Select(_ => words[random.Next(words.Length)]));
            if (random.Next(4) == 0 && text.Length > 0)
                text = text.Insert(random.Next(text.Length), ((char)random.Next(1, 0x3000)).ToString());
            var translation = TraceQlTranslator.Translate(text, KnownNames.Empty, Told.AsOf);
            Assert.True(translation.Query is null || TraceQlParser.TryParse(translation.Query.ToString(), out _, out _), text);
        }
    }
}

using Copilot.Language.Linking;
using Copilot.Language.Queries;
using Copilot.Language.Tests.Readings;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Language.Tests.Queries;

/// <summary>
/// English to TraceQL on requests of our own: a table that the rules were written on, and two that were written with it and are only
/// counted.
/// What no query can say is of the kind "ask", with the word that must be named in place of a query.
/// COPILOT_TRACEQL_MISSES=1 lists what is missed of the first.
/// </summary>
[Trait("needs", "minutes")]
public sealed class RequestTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("requests.tsv", 90)]
    [InlineData("unseen.tsv", 60)]
    [InlineData("sealed.tsv", 55)]
    public void Plain_words_select_what_the_query_beside_them_selects(string table, int percent)
    {
        var requests = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Queries", table))
            .Select(l => l.Split('\t'))
            .Select(c =>
            {
                var translation = TraceQlTranslator.Translate(c[1], KnownNames.Empty, Told.AsOf);
                return (
                    Kind: c[0],
                    English: c[1],
                    Query: c[2],
                    Translation: translation,
                    Wrong: c[0] == "ask" ? Unasked(c[2], translation) : PairCheck.Differs(c[2], translation.Query)
                );
            })
            .ToList();
        foreach (
            var kind in requests
                .GroupBy(r => r.Kind)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Append(requests.GroupBy(_ => "**all**").Single())
        )
            output.WriteLine(
                $"| {kind.Key} | {PairCheck.Percent(kind.Count(r => r.Wrong is null), kind.Count())} | wrong, nothing named: {kind.Count(r => r.Wrong is not null && r.Translation.Query is not null && r.Translation.Unread.Count == 0)} | right, a word named: {kind.Count(r => IsNamed(r.Kind, r.Wrong, r.Translation))} |"
            );
        // What was not looked at stays so.
        if (table is "requests.tsv" && Environment.GetEnvironmentVariable("COPILOT_TRACEQL_MISSES") is not null)
        {
            foreach (var (kind, english, query, translation, wrong) in requests.Where(r => r.Wrong is not null))
                output.WriteLine(
                    $"{kind}: {english}\n    given {query}\n    made  {translation.Query}\n    {wrong}; unread: {string.Join(", ", translation.Unread)}"
                );
        }

        if (table == "requests.tsv" && Environment.GetEnvironmentVariable("COPILOT_TRACEQL_MISSES") is not null)
        {
            foreach (var (_, english, query, translation, _) in requests.Where(r => IsNamed(r.Kind, r.Wrong, r.Translation)))
                output.WriteLine($"right, but named {string.Join(", ", translation.Unread)}: {english}\n    {translation.Query}");
        }

        var right = requests.Count(r => r.Wrong is null);
        Assert.True(right * 100 >= percent * requests.Count, PairCheck.Percent(right, requests.Count));
    }

    // Nobody would be told the right answer.
    private static bool IsNamed(string kind, string? wrong, Translation made) => kind != "ask" && wrong is null && made.Unread.Count > 0;

    // What no query can say: the word is named, or no query made.
    private static string? Unasked(string word, Translation made) =>
        made.Query is null || made.Unread.Any(u => u.Contains(word, StringComparison.Ordinal)) ? null : "should have been asked back";
}

using Copilot.TraceQL.Checking;

namespace Copilot.TraceQL.Tests;

public class AdviceTests
{
    [RequiresFact("shared/fixtures/traceql")]
    public void Every_usual_mistake_gets_its_fix()
    {
        var wrong = new List<string>();
        foreach (var item in Corpus.Lines("common_mistakes.jsonl"))
        {
            var query = item.GetProperty("wrong").GetString()!;
            var advice = QueryAdvisor.Advise(query);
            var expected = item.GetProperty("fixed").GetString();
            if (advice is null || Canonical(advice.Fix) != Canonical(expected))
                wrong.Add($"{query}\n  expected {expected}\n  advised  {advice?.Fix} ({advice?.Hint})");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("{ name = 'GET /' and duration > 1s }", "{ name = \"GET /\" && duration > 1s }")]
    [InlineData("{ http.route = \"/a\" }", "{ span.http.route = \"/a\" }")]
    [InlineData("{ k8s.pod.name = \"a-1\" or .x = 2 }", "{ resource.k8s.pod.name = \"a-1\" || .x = 2 }")]
    [InlineData("{ kind = \"server\" }", "{ kind = server }")]
    [InlineData("{ status = eror }", "{ status = error }")]
    [InlineData("{ kind = sever && status != okk }", "{ kind = server && status != ok }")]
    [InlineData("{ .a == 1 }", "{ .a = 1 }")]
    [InlineData("{ } | count()", "{ } | count() > 0")]
    public void Other_mistakes_get_theirs(string query, string fix) => Assert.Equal(fix, QueryAdvisor.Advise(query)?.Fix);

    [RequiresFact("shared/fixtures/traceql")]
    public void A_good_query_gets_no_advice()
    {
        var advised = Corpus
            .Lines("nl_traceql_pairs.jsonl")
            .Where(i => i.GetProperty("expect").GetString() == "ok")
            .Select(i => i.GetProperty("traceql").GetString()!)
            .Where(q => QueryAdvisor.Advise(q) is not null);
        Assert.Empty(advised);
    }

    [Theory]
    [InlineData("htpp.route", "http.route")]
    [InlineData("http.rout", "http.route")]
    [InlineData("zzzz", null)]
    public void The_closest_name_is_found(string typed, string? meant) =>
        Assert.Equal(meant, DidYouMean.Closest(typed, ["http.route", "http.request.method", "db.system.name"]));

    private static string? Canonical(string? query) =>
        query is null ? null
        : TraceQlParser.TryParse(query, out var parsed, out var error) ? parsed.ToCanonical()
        : error.ToString();
}

using YamlDotNet.Serialization;

namespace Copilot.TraceQL.Tests;

public class CorpusCasesTests
{
    [RequiresFact("shared/fixtures/traceql")]
    public void Every_example_is_valid_fails_or_is_unsupported_as_the_language_says()
    {
        var classes = new DeserializerBuilder().Build().Deserialize<Dictionary<string, List<string>?>>(Corpus.Read("test_examples.yaml"));
        AssertAll(classes["valid"]!, q => Outcome(q), _ => "ok");
        AssertAll(classes["parse_fails"]!, q => Outcome(q), _ => "Syntax");
        AssertAll(classes["validate_fails"]!, q => Outcome(q), _ => "Invalid");
        AssertAll(classes["unsupported"]!, q => Outcome(q), _ => "Unsupported");
    }

    [RequiresFact("shared/fixtures/traceql")]
    public void Every_parse_case_parses_or_fails_where_the_language_says()
    {
        var wrong = new List<string>();
        foreach (var item in Corpus.Items("parse_cases.json"))
        {
            var query = item.GetProperty("query").GetString()!;
            var parsed = TraceQlParser.TryParseSyntax(query, out _, out var error);
            if (parsed != (item.GetProperty("parse").GetString() == "ok"))
                wrong.Add($"{query}: {error?.ToString() ?? "parsed"}");
            else if (
                error is not null
                && item.TryGetProperty("line", out var line)
                // Where Tempo's scanner has lost its line it says 0; the column stands.
                && (error.Line != Math.Max(1, line.GetInt32()) || error.Column != Math.Max(1, item.GetProperty("col").GetInt32()))
            )
                wrong.Add($"{query}: {error}, expected {line}:{item.GetProperty("col")}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [RequiresFact("shared/fixtures/traceql")]
    public void Every_parse_case_is_valid_or_not_as_the_language_says() =>
        AssertAll(
            Corpus.Items("parse_cases.json").Where(i => i.TryGetProperty("validate", out _)).ToList(),
            i => Outcome(i.GetProperty("query").GetString()!),
            i =>
                i.GetProperty("validate").GetString() switch
                {
                    "ok" => "ok",
                    "error" => "Invalid",
                    _ => "Unsupported",
                }
        );

    [RequiresFact("shared/fixtures/traceql")]
    public void Every_canonical_form_is_printed()
    {
        // A note marks the forms after Tempo's internal rewrites (IN, MATCH ANY), which are not TraceQL.
        var cases = Corpus
            .Items("parse_cases.json")
            .Where(i => i.TryGetProperty("canonical", out _) && !i.TryGetProperty("note", out _))
            .ToList();
        Assert.Equal(139, cases.Count);
        AssertAll(
            cases,
            i =>
                TraceQlParser.TryParseSyntax(i.GetProperty("query").GetString()!, out var query, out var error)
                    ? query.ToCanonical()
                    : error.ToString(),
            i => i.GetProperty("canonical").GetString()!
        );
    }

    [RequiresFact("shared/fixtures/traceql")]
    public void Both_printed_forms_parse_back_to_the_same_tree()
    {
        foreach (var item in Corpus.Items("parse_cases.json").Where(i => i.GetProperty("parse").GetString() == "ok"))
        {
            var text = item.GetProperty("query").GetString()!;
            Assert.True(TraceQlParser.TryParseSyntax(text, out var query, out _), text);
            foreach (var printed in new[] { query.ToCanonical(), query.ToString() })
            {
                Assert.True(TraceQlParser.TryParseSyntax(printed, out var again, out var error), $"{text} printed as {printed}: {error}");
                Assert.True(query.ToCanonical() == again.ToCanonical(), $"{text} printed as {printed}");
            }
        }
    }

    [RequiresFact("shared/fixtures/traceql")]
    public void Unfinished_queries_are_recovered()
    {
        // The last case is one that Tempo lists as its own known failure.
        var cases = Corpus
            .Items("lenient_cases.json")
            .Where(i => i.GetProperty("test").GetString() != "TestParseLenientKnownFailures")
            .ToList();
        AssertAll(
            cases,
            i => TraceQlParser.ParseLenient(i.GetProperty("query").GetString()!)?.ToCanonical() ?? "nothing",
            i => i.GetProperty("recovered").GetString() ?? "nothing"
        );
    }

    [RequiresFact("shared/fixtures/traceql")]
    public void Queries_that_people_published_pass_or_fail_as_their_authors_say() =>
        AssertAll(
            Corpus.Lines("nl_traceql_pairs.jsonl").ToList(),
            i => Outcome(i.GetProperty("traceql").GetString()!),
            i =>
                i.GetProperty("expect").GetString() switch
                {
                    "ok" => "ok",
                    "unsupported" => "Unsupported",
                    "validate_error" => "Invalid",
                    var other => other == "parse_error" ? "Syntax" : other!,
                }
        );

    private static string Outcome(string query) => TraceQlParser.TryParse(query, out _, out var error) ? "ok" : error.Kind.ToString();

    private static void AssertAll<T>(List<T> cases, Func<T, string> actual, Func<T, string> expected)
    {
        Assert.NotEmpty(cases);
        var wrong = cases
            .Where(c => actual(c) != expected(c))
            .Select(c => $"{c}\n  expected {expected(c)}\n  actual   {actual(c)}")
            .ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases.Count}:\n{string.Join('\n', wrong)}");
    }
}

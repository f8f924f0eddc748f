using System.Globalization;
using Copilot.TraceQL.Checking;
using FsCheck;
using FsCheck.Fluent;

namespace Copilot.TraceQL.Tests;

/// <summary>
/// Mutated queries: no crash, no hang, no error without a place; and what parses prints as something that parses to the same.
/// COPILOT_TRACEQL_FUZZ sets how many (1000000 is the full run), COPILOT_TRACEQL_SEED where they start.
/// </summary>
public class FuzzTests
{
    private static readonly int Count = Setting("COPILOT_TRACEQL_FUZZ", 60_000);
    private static readonly int Seed = Setting("COPILOT_TRACEQL_SEED", 4711);

    private static readonly string[] Built =
    [
        "{ }",
        "{ .a = 1 && span.\"b c\" != nil || duration > 1h15m30.9s }",
        "{ name =~ `a|b+` } >> { status = error } | by(.x) | count() > 2 | coalesce()",
        "({ } | rate() by (resource.service.name)) / ({ } | count_over_time()) * 100 > 5 | topk(3) with (sample=0.1)",
        "{ } | quantile_over_time(duration, .5, 0.99) by (span.http.route)",
        "{ } | compare({ status = error }, 10, 1, 2)",
        "{ !(-.a + 2 ^ 3 % 4 = minInt) } &>> { parent.resource.x = 'q' } | select(.a, event:name)",
        "avg(.a) + 2 > 1 - 3",
    ];

    private static readonly string[] Pieces =
    [
        "{",
        "}",
        "(",
        ")",
        "|",
        "||",
        "&&",
        "!",
        "=",
        "!=",
        "=~",
        "!~",
        ">",
        ">>",
        "<",
        "<<",
        "~",
        "&>",
        "&~",
        "!>>",
        "+",
        "-",
        "*",
        "/",
        "%",
        "^",
        ",",
        ".",
        "\"",
        "`",
        "\\",
        "span.",
        "parent.",
        "resource.",
        "event:",
        "trace:id",
        "count()",
        "by(",
        "select(",
        "rate()",
        "topk(",
        "with(",
        "nil",
        "true",
        "error",
        "server",
        "duration",
        "1",
        "9223372036854775808",
        "1e999",
        "3h2",
        "99999999y",
        ".5",
        " ",
        "\n",
        "\t",
        "\0",
        "é",
        "😝",
        "\ud83d",
        "//",
        "/*",
        "IN",
        "-",
        "\u00a0",
        "[",
        "(?",
        "x{1001}",
    ];

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;

    [Fact]
    public void Mutated_queries_parse_or_fail_at_a_place()
    {
        string[] seeds = [.. Built, .. CaseFile.All.SelectMany(f => f.Cases).Select(c => c.Query)];
        if (Corpus.IsPresent)
            seeds = [.. seeds, .. Corpus.Items("parse_cases.json").Select(i => i.GetProperty("query").GetString()!)];
        var parsed = 0;
        foreach (var query in Mutants(seeds).Sample(Count, new Rnd((ulong)Seed, 1UL), 20))
        {
            if (Check(query))
                parsed++;
        }

        Assert.InRange(parsed, Count / 100, Count);
    }

    [Fact]
    public void Advice_on_mutated_queries_is_null_or_valid()
    {
        foreach (var query in Mutants(Built).Sample(Math.Min(Count, 3_000), new Rnd((ulong)Seed, 5UL), 20))
        {
            if (QueryAdvisor.Advise(query) is { Fix: { } fix })
                Assert.True(TraceQlParser.TryParse(fix, out _, out _), fix);
        }
    }

    [Theory]
    [InlineData("(", 100_000)]
    [InlineData("{", 60_000)]
    [InlineData("!", 60_000)]
    [InlineData("-", 60_000)]
    [InlineData("{ } && (", 8_000)]
    [InlineData("{ .a || ", 8_000)]
    [InlineData("1 + ", 16_000)]
    public void Endless_nesting_fails_at_a_place(string piece, int times)
    {
        Check(string.Concat(Enumerable.Repeat(piece, times)));
        Check("{ " + string.Concat(Enumerable.Repeat(piece, Math.Min(times, 16_000))));
    }

    [Fact]
    public void A_long_chain_of_conditions_is_no_trouble() =>
        Assert.True(
            TraceQlParser.TryParse("{ " + string.Join(" || ", Enumerable.Range(0, 900).Select(i => $".a = {i}")) + " }", out _, out _)
        );

    private static Gen<string> Mutants(string[] seeds) =>
        from seed in Gen.Elements(seeds)
        from count in Gen.Choose(1, 4)
        from mutations in Gen.CollectToList(Enumerable.Range(0, count), _ => Mutation(seeds))
        select mutations.Aggregate(seed, (text, mutate) => mutate(text));

    private static Gen<Func<string, string>> Mutation(string[] seeds) =>
        from kind in Gen.Choose(0, 5)
        from place in Gen.Choose(0, 999)
        from length in Gen.Choose(1, 8)
        from piece in Gen.Elements(Pieces)
        from other in Gen.Elements(seeds)
        select (Func<string, string>)(
            text =>
            {
                var at = text.Length * place / 1000;
                var end = Math.Min(text.Length, at + length);
                return kind switch
                {
                    0 => text[..at] + text[end..],
                    1 => text[..at] + piece + text[at..],
                    2 => text[..at] + piece + text[end..],
                    3 => text[..end] + text[at..],
                    4 => text[..at] + other[(other.Length * place / 1000)..],
                    _ => text[..at],
                };
            }
        );

    private static bool Check(string query)
    {
        if (!TraceQlParser.TryParse(query, out var parsed, out var error))
        {
            var lines = query.Split('\n').Length;
            Assert.True(error.Line >= 1 && error.Line <= lines && error.Column >= 1 && error.Message.Length > 0, $"{query}: {error}");
            return false;
        }

        Assert.True(TraceQlParser.TryParse(parsed.ToString(), out var readable, out var why), $"{query} printed as {parsed}: {why}");
        Assert.True(parsed == readable, $"{query} printed as {parsed}, read as {readable.ToCanonical()}");
        Assert.True(
            TraceQlParser.TryParse(parsed.ToCanonical(), out var canonical, out why),
            $"{query} printed as {parsed.ToCanonical()}: {why}"
        );
        Assert.Equal(parsed.ToCanonical(), canonical.ToCanonical());
        return true;
    }
}

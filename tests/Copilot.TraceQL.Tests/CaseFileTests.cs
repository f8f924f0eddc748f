using Copilot.TraceQL.Checking;

namespace Copilot.TraceQL.Tests;

public class CaseFileTests
{
    /// <summary>Where the parser differs from the documentation today, with what it says; whoever mends one takes it out.</summary>
    private static readonly Dictionary<string, string> Differing = new()
    {
        ["{ parent = nil }"] = "Invalid 1:3 every span has parent, it cannot be nil",
    };

    public static TheoryData<string> Names => [.. CaseFile.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_query_is_read_as_the_language_says(string name)
    {
        var cases = CaseFile.All.Single(f => f.Name == name).Cases;
        var wrong = cases
            .Where(c => Differing.TryGetValue(c.Query, out var known) ? Read(c) != known || IsRight(c) : !IsRight(c))
            .Select(Told)
            .ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases.Count}:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void The_cases_are_many_and_none_is_there_twice()
    {
        var queries = CaseFile.All.SelectMany(f => f.Cases).Where(c => c.Verdict != "lenient").Select(c => c.Query).ToList();
        Assert.True(queries.Count >= 550, $"{queries.Count}");
        Assert.Equal(queries.Count, queries.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(Differing.Keys.Except(queries));
    }

    [Fact]
    public void Both_printed_forms_parse_back_to_the_same_tree()
    {
        foreach (var text in CaseFile.Of("ok").Select(c => c.Query))
        {
            Assert.True(TraceQlParser.TryParse(text, out var query, out var error), $"{text}: {error}");
            foreach (var printed in new[] { query.ToCanonical(), query.ToString() })
            {
                Assert.True(TraceQlParser.TryParse(printed, out var again, out error), $"{text} printed as {printed}: {error}");
                Assert.True(query.ToCanonical() == again.ToCanonical(), $"{text} printed as {printed}");
            }
        }
    }

    [Fact]
    public void A_fix_is_valid_and_a_good_query_gets_none()
    {
        var advised = CaseFile.Of("ok").Select(c => c.Query).Where(q => QueryAdvisor.Advise(q) is not null).ToList();
        // The brackets belong to the name, which is hardly ever meant.
        Assert.Equal(["{ .list[0] = \"x\" }"], advised);
        var fixes = CaseFile
            .Of("Syntax", "Invalid", "Unsupported")
            .Select(c => QueryAdvisor.Advise(c.Query)?.Fix)
            .OfType<string>()
            .ToList();
        Assert.NotEmpty(fixes);
        Assert.DoesNotContain(fixes, fix => !TraceQlParser.TryParse(fix, out _, out _));
    }

    private static bool IsRight(QueryCase c)
    {
        var read = Read(c);
        if (c.Verdict is "ok" or "lenient")
            return read == $"{c.Verdict} {c.Expected}";
        var (place, says) = c.Expected.Split(' ', 2) is [var at, var words] ? (at, words) : (c.Expected, "");
        return read.StartsWith($"{c.Verdict} {place} ", StringComparison.Ordinal) && read.Contains(says, StringComparison.Ordinal);
    }

    private static string Read(QueryCase c)
    {
        if (c.Verdict == "lenient")
            return $"lenient {TraceQlParser.ParseLenient(c.Query)?.ToCanonical() ?? "nothing"}";
        return TraceQlParser.TryParse(c.Query, out var query, out var error)
            ? $"ok {query.ToCanonical()}"
            : $"{error.Kind} {error.Line}:{error.Column} {error.Message}";
    }

    private static string Told(QueryCase c) => $"{c.Query}\n  expected {c.Verdict} {c.Expected}\n  read     {Read(c)}";
}

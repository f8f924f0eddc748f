using Copilot.Language.Linking;
using Copilot.TraceQL;
using Copilot.TraceQL.Syntax;
using Copilot.Web.Queries;
using Xunit;

namespace Copilot.Web.Tests.Queries;

public sealed class QueryExamplesTests
{
    private static readonly KnownNames Catalogue = new()
    {
        Services = [new("till", true, []), new("ledger \"b\"", true, []), new("mail.example", false, [])],
        Attributes = [new(AttributeScope.Span, "ticket", "till", "string", true, true)],
        Values =
        [
            Value("desk", "north", 90),
            Value("desk", "south", 3),
            Value("ticket", "t-1", 1),
            Value("ticket", "t-2", 1),
            Value("ticket", "t-3", 1),
            Value("lone", "same", 7),
        ],
    };

    private static KnownValue Value(string key, string value, long seen) =>
        new(AttributeScope.Span, key, "till", value, "string", true, seen);

    [Fact]
    public void Examples_are_made_of_the_stores_own_names()
    {
        var examples = QueryExamples.Of(Catalogue, ["mail.example", "till"], ["ledger \"b\""], TimeSpan.FromMilliseconds(870));
        Assert.Equal("{ resource.service.name = \"ledger \\\"b\\\"\" && status = error }", examples[0].Query);
        Assert.Contains(examples, e => e.Query == "{ span.desk = \"south\" }");
        Assert.DoesNotContain(
            examples,
            e => e.Query.Contains("ticket", StringComparison.Ordinal) || e.Query.Contains("lone", StringComparison.Ordinal)
        );
        Assert.Contains(examples, e => e.Query == "{ duration > 200ms }");
        Assert.Contains(examples, e => e.Query == "{ nestedSetParent < 0 } >> { status = error }");
        Assert.Contains(
            examples,
            e => e.Query.StartsWith("{ resource.service.name = \"till\" } | quantile_over_time", StringComparison.Ordinal)
        );
        Assert.All(examples, e => Assert.True(TraceQlParser.TryParse(e.Query, out _, out var error), $"{e.Query}: {error}"));
        Assert.Equal(examples.Count, examples.Select(e => e.Title).Distinct().Count());
    }

    [Fact]
    public void A_store_without_services_has_none() => Assert.Empty(QueryExamples.Of(KnownNames.Empty, [], [], null));

    [Fact]
    public void A_quiet_hour_still_has_examples() => Assert.NotEmpty(QueryExamples.Of(Catalogue, [], [], null));
}

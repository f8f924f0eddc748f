using Copilot.Store.Commands;
using Copilot.Store.Traceql;
using Copilot.Store.Traceql.Search;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Copilot.Testing.Oracle;
using Copilot.TraceQL;
using Xunit;

namespace Copilot.Store.Tests.Traceql;

/// <summary>The numbers of spans as Tempo gives them: the shapes of traces are those that its own documentation of the model tells
/// apart.</summary>
public sealed class NestedSetTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly TimeWindow Window = new(
        new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2024, 5, 1, 13, 0, 0, TimeSpan.Zero)
    );

    /// <param name="shape">Spans in the order of their start: id&lt;parent, with the kind where it matters.</param>
    /// <param name="numbers">Of each of them left-right, and the parent's left.</param>
    [Theory]
    [InlineData("1", "1-2 p-1")]
    [InlineData("1 2<1 3<2", "1-6 p-1; 2-5 p1; 3-4 p2")]
    [InlineData("1 2<1 3<2 4<2 5<4 6<4", "1-12 p-1; 2-11 p1; 3-4 p2; 5-10 p2; 6-7 p5; 8-9 p5")]
    [InlineData("1 2<1 3 4<3 5<4", "1-4 p-1; 2-3 p1; 5-10 p-1; 6-9 p5; 7-8 p6")]
    [InlineData("1 2<1 3<2 4<2 5<9 6<5", "1-8 p-1; 2-7 p1; 3-4 p2; 5-6 p2; 0-0 p0; 0-0 p0")]
    [InlineData("2<1 3<2", "0-0 p0; 0-0 p0")]
    [InlineData("1 2<3 3<2", "1-2 p-1; 0-0 p0; 0-0 p0")]
    [InlineData("1 2<1:client 2<2:server 3<2", "1-8 p-1; 2-7 p1; 3-6 p2; 4-5 p3")]
    [InlineData("1 2<1 2<1 2<1", "0-0 p-1; 0-0 p0; 0-0 p0; 0-0 p0")]
    public async Task Spans_are_numbered_depth_first(string shape, string numbers)
    {
        var trace = Guid.NewGuid();
        var spans = shape.Split(' ').Select((text, place) => Span(trace, place, text)).ToList();
        await OracleWriter.WriteAsync(postgres.Database.DataSource, spans);
        var reads = new TraceQlReads(postgres.Database, new QueryBudget());
        var query = TraceQlParser.Parse(
            $$"""{ trace:id = "{{trace:N}}" && nestedSetLeft >= 0 } | select(nestedSetLeft, nestedSetRight, nestedSetParent)"""
        );
        var found = await reads.SearchAsync(
            new TraceSearch
            {
                Query = query,
                Window = Window,
                SpansPerSpanset = 100,
            },
            CancellationToken.None
        );
        Assert.Equal(
            numbers,
            string.Join(
                "; ",
                Assert.Single(found.Traces).Spansets[0].Spans.Select(s => $"{s.Values[0].Value}-{s.Values[1].Value} p{s.Values[2].Value}")
            )
        );
    }

    private static OracleSpan Span(Guid trace, int place, string text)
    {
        var parts = text.Split('<', ':');
        return new OracleSpan
        {
            Trace = trace,
            Id = long.Parse(parts[0], null),
            Parent = text.Contains('<', StringComparison.Ordinal) ? long.Parse(parts[1], null) : null,
            Start = Window.FromNs + (place * UnixNanos.PerSecond),
            Duration = 1,
            Service = "api",
            Name = "get",
            Kind = parts[^1] switch
            {
                "server" => 2,
                "client" => 3,
                _ => 1,
            },
        };
    }
}

using Copilot.Analysis.Reports;
using Xunit;

namespace Copilot.Analysis.Tests.Breakdowns;

public sealed class BreakdownRankerTests
{
    [Fact]
    public void The_value_with_most_lift_and_support_comes_first()
    {
        var ranked = BreakdownRanker.Rank(
            40,
            400,
            [
                new("span", "currency", "CHF", 38, 14),
                new("span", "currency", "EUR", 2, 386),
                new("resource", "cloud.region", "eu", 40, 300),
                new("span", "user.id", "u1", 1, 0),
            ]
        );
        Assert.Equal(("currency", "CHF", 38), (ranked[0].Attribute, ranked[0].Values[0].Value, ranked[0].Values[0].Count));
        Assert.Equal(0.95, ranked[0].Values[0].Share);
        Assert.Equal(0.95 / (14 / 400.0), ranked[0].Values[0].Lift, 3);
        Assert.Single(ranked[0].Values);
        Assert.DoesNotContain(ranked, b => b.Attribute == "user.id");
    }

    [Theory]
    [InlineData("http.response.status_code")]
    [InlineData("error.type")]
    [InlineData("exception.message")]
    [InlineData("rpc.grpc.status_code")]
    [InlineData("network.peer.port")]
    public void What_restates_the_outcome_or_names_a_connection_does_not_count(string key) =>
        Assert.Empty(BreakdownRanker.Rank(50, 500, [new("span", key, "x", 50, 0)]));

    [Fact]
    public void Ties_go_to_the_pod_then_the_instance_then_the_node()
    {
        var ranked = BreakdownRanker.Rank(
            30,
            300,
            [
                new("resource", "k8s.node.name", "n", 30, 20),
                new("resource", "service.instance.id", "i", 30, 20),
                new("resource", "cloud.region", "r", 30, 20),
                new("resource", "k8s.pod.name", "p", 30, 20),
            ]
        );
        Assert.Equal(["k8s.pod.name", "service.instance.id", "k8s.node.name", "cloud.region"], ranked.Select(b => b.Attribute));
    }

    [Fact]
    public void Chance_among_thousands_of_values_is_no_finding()
    {
        var random = new Random(5);
        var tallies = Enumerable
            .Range(0, 3000)
            .Select(i => new AttributeTally("span", $"k{i % 40}", $"v{i}", random.Next(0, 5), random.Next(10, 40)));
        Assert.Empty(BreakdownRanker.Rank(100, 1000, tallies));
    }

    [Fact]
    public void Too_few_bad_requests_say_nothing() => Assert.Empty(BreakdownRanker.Rank(2, 500, [new("span", "currency", "CHF", 2, 1)]));
}

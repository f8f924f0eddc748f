using Copilot.Store.Rollups;
using Copilot.Web.Map;
using Copilot.Web.Services;
using Xunit;

namespace Copilot.Web.Tests.Map;

public sealed class MapViewTests
{
    [Fact]
    public void A_small_system_is_drawn_whole_with_its_peers()
    {
        var map = Of([Row("web"), Row("orders"), Row("db", peer: true)], [Call("web", "orders"), Call("orders", "db", peer: true)]);
        var picture = new MapView().Of(map, () => MapLayout.Of(map));
        Assert.False(picture.Grouped);
        Assert.Empty(picture.Hidden);
        Assert.Equal(2, picture.Lines.Count);
        Assert.Equal(MapMarkKind.Peer, picture.Marks.Single(mark => mark.Key == "db").Kind);
        // Calls run from left to right.
        Assert.Equal(["web", "orders", "db"], picture.Marks.OrderBy(mark => mark.At.X).Select(mark => mark.Key));
    }

    [Fact]
    public void A_large_system_is_folded_and_what_fails_stands_out_with_the_rest_counted()
    {
        var map = Fleet(2_000, failing: 5);
        var picture = new MapView().Of(map, () => MapLayout.Of(map));
        Assert.True(picture.Grouped);
        Assert.Equal(5, picture.Marks.Count(mark => mark.Kind == MapMarkKind.Service && mark.Health == MapHealth.Failing));
        Assert.Equal(40, picture.Marks.Count(mark => MapMark.GroupOf(mark.Key) is not null));
        Assert.Equal(MapView.MostLines, picture.Lines.Count);
        Assert.StartsWith("1,995 of 2,000 are folded into 40 groups", picture.Hidden[0], StringComparison.Ordinal);
        Assert.Contains("left out: 150 are drawn", picture.Hidden[1], StringComparison.Ordinal);
        // What fails is never among what is left out.
        Assert.All(picture.Lines.Where(line => line.Fails), line => Assert.True(line.Failed > 0));
    }

    [Fact]
    public void More_problems_than_can_be_read_are_counted_too()
    {
        var map = Fleet(2_000, failing: 100);
        var picture = new MapView().Of(map, () => MapLayout.Of(map));
        Assert.Equal(MapView.MostOut, picture.Marks.Count(mark => mark.Kind == MapMarkKind.Service));
        Assert.Contains(picture.Hidden, reason => reason.StartsWith("40 more fail", StringComparison.Ordinal));
    }

    [Fact]
    public void An_opened_group_and_the_path_of_a_trouble_are_drawn_where_they_stood()
    {
        var map = Fleet(2_000, failing: 0);
        var layout = MapLayout.Of(map);
        var view = new MapView
        {
            Open = new HashSet<string> { "team 7" },
            Path = new HashSet<string> { "svc-0001", "svc-0042", "gone" },
            PathCalls = new HashSet<(string, string)> { ("svc-0001", "svc-0042") },
        };
        var picture = view.Of(map, () => layout);
        Assert.Equal(50 + 2, picture.Marks.Count(mark => mark.Kind == MapMarkKind.Service));
        Assert.Equal(["svc-0001", "svc-0042"], picture.Marks.Where(mark => mark.Strong).Select(mark => mark.Key).Order());
        Assert.Equal(layout.Members["svc-0042"], picture.Marks.Single(mark => mark.Key == "svc-0042").At);
        Assert.Single(picture.Lines, line => line.Strong);
    }

    [Fact]
    public void Around_a_service_are_its_callers_and_whom_it_calls_and_not_what_its_callers_call_besides()
    {
        var map = Of(
            [Row("edge"), Row("web"), Row("orders"), Row("stock"), Row("mail")],
            [Call("edge", "web"), Call("web", "orders"), Call("web", "mail"), Call("orders", "stock")]
        );
        var near = new MapView { Around = "orders" }.Of(map, () => MapLayout.Of(map));
        Assert.Equal(["orders", "stock", "web"], near.Marks.Select(mark => mark.Key).Order());
        Assert.Equal(["2 neither call orders nor are called by it over 1 call."], near.Hidden);
        var further = new MapView { Around = "orders", Hops = 2 }.Of(map, () => MapLayout.Of(map));
        Assert.Equal(["edge", "orders", "stock", "web"], further.Marks.Select(mark => mark.Key).Order());
        Assert.Equal(-2, map.Around("orders", 2)["edge"]);
    }

    [Fact]
    public void One_failure_of_a_few_requests_is_no_problem_yet()
    {
        Assert.Equal(MapHealth.Well, MapView.HealthOf(Row("a", requests: 20, failed: 1)));
        Assert.Equal(MapHealth.Failing, MapView.HealthOf(Row("a", requests: 20, failed: 3)));
        Assert.Equal(MapHealth.Well, MapView.HealthOf(Row("a", requests: 1_000, failed: 3)));
        Assert.Equal(MapHealth.Silent, MapView.HealthOf(Row("a", requests: 0)));
    }

    [Fact]
    public void The_same_system_stands_where_it_stood_whatever_its_traffic()
    {
        var layouts = new MapLayouts();
        var first = layouts.For(MapGroupKind.Team, Fleet(300, failing: 0, calls: 10));
        var second = layouts.For(MapGroupKind.Team, Fleet(300, failing: 9, calls: 999));
        Assert.Same(first, second);
        Assert.Equal(MapLayout.Of(Fleet(300, failing: 0)).Members, MapLayout.Of(Fleet(300, failing: 9)).Members);
        Assert.NotSame(first, layouts.For(MapGroupKind.Team, Fleet(301, failing: 0)));
    }

    [Fact]
    public void No_two_groups_overlap_and_all_members_are_inside()
    {
        var map = Fleet(2_000, failing: 0);
        var layout = MapLayout.Of(map);
        var groups = layout.Groups.Values.ToArray();
        foreach (var (i, group) in groups.Index())
            Assert.All(groups.Skip(i + 1), other => Assert.True(Distance(group.Middle, other.Middle) >= group.Radius + other.Radius));
        Assert.All(
            map.Groups,
            entry => Assert.True(Distance(layout.Members[entry.Key], layout.Groups[entry.Value].Middle) < layout.Groups[entry.Value].Radius)
        );
    }

    [Fact]
    public void Without_a_catalogue_those_stand_together_that_call_each_other()
    {
        var map = new SystemMap(
            [Row("a1"), Row("a2"), Row("a3"), Row("b1"), Row("b2"), Row("b3"), Row("alone")],
            [Call("a1", "a2"), Call("a2", "a3"), Call("a1", "a3"), Call("b1", "b2"), Call("b2", "b3"), Call("b1", "b3"), Call("a1", "b1")],
            all => MapGrouping.Of(all, MapGroupKind.Calls, Copilot.Ownership.Owners.OwnershipSnapshot.Empty, DateTimeOffset.UnixEpoch)
        );
        Assert.Equal(map.Groups["a2"], map.Groups["a3"]);
        Assert.Equal(map.Groups["b2"], map.Groups["b3"]);
        Assert.NotEqual(map.Groups["a3"], map.Groups["b3"]);
        Assert.Equal("calls nobody", map.Groups["alone"]);
    }

    private static double Distance(MapPoint a, MapPoint b) => Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2));

    private static SystemMap Fleet(int services, int failing, long calls = 50)
    {
        var names = Enumerable.Range(0, services).Select(i => $"svc-{i:0000}").ToArray();
        return new SystemMap(
            names.Index().Select(name => Row(name.Item, requests: 1_000, failed: name.Index < failing ? 500 : 0)),
            names
                .Index()
                .SelectMany(name =>
                    new[] { 1, 3, 7, 41, 99 }
                        .Where(step => name.Index + step < services)
                        .Select(step => Call(name.Item, names[name.Index + step], calls: calls))
                ),
            map => map.Rows.Keys.Index().ToDictionary(name => name.Item, name => $"team {name.Index % 40}")
        );
    }

    private static SystemMap Of(ServiceRow[] rows, CountedCalls[] calls) =>
        new(rows, calls, map => map.Rows.Keys.ToDictionary(name => name, _ => "all"));

    private static ServiceRow Row(string name, long requests = 100, long failed = 0, bool peer = false) =>
        new()
        {
            Service = name,
            Requests = requests,
            Rate = requests / 60.0,
            ErrorRate = requests == 0 ? null : (double)failed / requests,
            IsPeer = peer,
        };

    private static CountedCalls Call(string from, string to, bool peer = false, long calls = 10) => new(from, to, peer, calls, 0);
}

using Copilot.Analysis.Reports;
using Copilot.Analysis.Signals;
using Xunit;

namespace Copilot.Analysis.Tests.Causes;

/// <summary>The one attribute value that trouble is confined to: named with its figures, and only where it is one.</summary>
public sealed class PlaceTests
{
    [Fact]
    public void What_only_the_first_span_says_is_named_for_trouble_deep_below()
    {
        var report = new PretendSystem
        {
            Usual = (i, r) => r.WebSays["tenant.id"] = $"t{i % 6}",
            Fault = (i, r) => r.StockFails = r.ShopFails = r.WebFails = i % 6 == 2 && i % 5 != 0,
        }.Rank();
        var item = report.Items[0];
        var place = item.Place!;
        Assert.Equal(
            ("stock", "tenant.id = t2", "web", AttributeLevel.Span),
            (item.Service, place.Condition(), place.Carrier, place.Level)
        );
        Assert.Equal((16, 20, 0, 100), (place.Hits, place.Count, place.OtherHits, place.OtherCount));
        Assert.Contains(
            "Only where tenant.id = t2: 16 of the 20 traces with it fail, 0 of the 100 others",
            item.Why,
            StringComparison.Ordinal
        );
        Assert.Contains(
            item.Evidence,
            e => e is { Signal: SignalKind.Place, TraceIds.Count: > 0 } && item.Why.Contains(e.Claim, StringComparison.Ordinal)
        );
        Assert.Contains("tenant.id = t2", report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_of_the_trouble_is_not_where_it_is()
    {
        var report = new PretendSystem
        {
            Usual = (_, r) => r.WebSays["outcome"] = "done",
            Fault = (i, r) =>
            {
                r.StockFails = r.ShopFails = r.WebFails = i % 3 == 0;
                r.WebSays["outcome"] = r.WebFails ? "rejected" : "done";
            },
        }.Rank();
        Assert.Equal("stock", report.Items[0].Service);
        Assert.Null(report.Items[0].Place);
    }

    [Fact]
    public void What_everybody_suffers_has_no_place()
    {
        var report = new PretendSystem
        {
            Usual = (i, r) => (r.WebSays["tenant.id"], r.ShopHost, r.StockHost) = ($"t{i % 6}", $"n{i % 4}", $"n{i % 3}"),
            Fault = (i, r) => r.StockMs = i % 7 == 0 ? 20 : 400,
        }.Rank();
        Assert.Equal("stock", report.Items[0].Service);
        Assert.Null(report.Items[0].Place);
    }

    [Fact]
    public void Two_failures_in_a_small_version_are_no_bad_version()
    {
        var report = new PretendSystem
        {
            Usual = (i, r) => r.StockHost = i % 30 == 0 ? "small" : $"n{i % 3}",
            Fault = (i, r) => r.StockFails = r.ShopFails = r.WebFails = i is 0 or 30 or 45 or 71 or 88 or 101,
        }.Rank();
        Assert.All(report.Items, item => Assert.Null(item.Place));
    }

    [Fact]
    public void A_flag_that_all_requests_turned_to_is_told()
    {
        var report = new PretendSystem
        {
            Usual = (_, r) => r.WebSays["feature_flag.result.variant"] = "off",
            Fault = (i, r) =>
            {
                r.WebSays["feature_flag.result.variant"] = "on";
                r.StockMs = 300;
            },
        }.Rank();
        Assert.True(report.Items[0].Place is { Kind: LocationKind.BroughtIn, Value: "on", OtherHits: 0 });
        Assert.Contains("All have feature_flag.result.variant = on now, none of the ", report.Items[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_on_which_several_services_suffer_is_one_cause()
    {
        var report = new PretendSystem
        {
            Usual = (i, r) => (r.ShopHost, r.StockHost) = ($"n{i % 4}", $"n{i / 4 % 3}"),
            Fault = (i, r) =>
            {
                r.ShopMs = r.ShopHost == "n1" ? 90 : 10;
                r.StockMs = r.StockHost == "n1" ? 200 : 20;
            },
        }.Rank();
        var place = report.Items[0].Place!;
        Assert.Equal("host.name = n1", place.Condition());
        Assert.Equal(["shop", "stock"], place.Services.Order());
        Assert.Equal(place.Services[0], report.Items[0].Service);
        Assert.Contains("are all worse, only where host.name = n1", report.Summary, StringComparison.Ordinal);
        Assert.Contains(report.Affected, a => a is { Service: "web", Role: "affected" });
        Assert.DoesNotContain(report.WorseOtherwise, w => w.Service is "shop" or "stock");
        Assert.DoesNotContain(report.Rejected, r => r.Service is "shop" or "stock");
    }

    [Fact]
    public void A_bad_instance_is_no_bad_host_because_others_run_there_too()
    {
        var report = new PretendSystem
        {
            Usual = (i, r) => (r.ShopHost, r.StockHost) = ($"n{i % 4}", $"n{i / 4 % 3}"),
            Fault = (_, r) => r.StockMs = r.StockHost == "n1" ? 200 : 20,
        }.Rank();
        Assert.Equal("stock", report.Items[0].Service);
        Assert.Equal("host.name = n1", report.Items[0].Place!.Condition());
        Assert.Empty(report.Items[0].Place!.Services);
    }

    [Fact]
    public void An_instance_that_serves_nothing_any_more_while_calls_fail_is_told()
    {
        var report = new PretendSystem
        {
            Usual = (i, r) => r.StockPod = $"stock-{i % 3}",
            Fault = (i, r) => r.StockIsSilent = i % 3 == 2,
        }.Rank();
        Assert.Equal("stock", report.Items[0].Service);
        Assert.True(
            report.Items[0].Place is { Kind: LocationKind.Gone, Value: "stock-2", Hits: 0, Count: 80, OtherHits: 120, OtherCount: 360 }
        );
        Assert.Contains(
            "service.instance.id = stock-2 serves nothing any more: 0 of 80 requests, 120 of 360 before",
            report.Items[0].Why,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Instances_that_a_deploy_exchanged_are_not_missed()
    {
        var report = new PretendSystem
        {
            Usual = (i, r) => r.StockPod = $"stock-{i % 3}",
            Fault = (i, r) => (r.StockPod, r.StockIsSilent) = ($"stock-{3 + (i % 2)}", i % 3 == 2),
        }.Rank();
        Assert.Equal("stock", report.Items[0].Service);
        Assert.Null(report.Items[0].Place);
    }
}

using Copilot.Analysis.Causes;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Samples;
using Copilot.Analysis.Signals;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Xunit;

namespace Copilot.Analysis.Tests.Causes;

public sealed class CauseRankerTests
{
    [Fact]
    public void Nothing_wrong_is_no_cause()
    {
        var report = new PretendSystem().Rank();
        Assert.Equal(CauseVerdict.NoCause, report.Verdict);
        Assert.Empty(report.Affected);
    }

    [Fact]
    public void Failures_start_where_nothing_below_fails()
    {
        var report = new PretendSystem
        {
            Fault = (i, r) =>
            {
                if (i % 4 == 0)
                    r.FailFromStockUp();
            },
        }.Rank();
        var first = Named(report, "stock", CauseKind.Errors);
        Assert.Equal("GET /stock", first.Operation);
        Assert.Equal(
            ["stock", "shop", "web"],
            report.Affected.Select(a => a.Service).Order(StringComparer.Ordinal).OrderByDescending(s => s == "stock")
        );
        Assert.Equal("cause", report.Affected[0].Role);
        Assert.Equal(["web", "shop"], report.Path.Select(p => p.Caller));
        Assert.NotEmpty(first.Evidence[0].TraceIds);
    }

    [Fact]
    public void A_slow_callee_is_not_its_callers_fault()
    {
        var report = new PretendSystem { Fault = (_, r) => r.StockMs = 400 }.Rank();
        Named(report, "stock", CauseKind.Latency);
        Assert.Contains(report.Rejected, r => r.Service is "shop" or "web");
    }

    [Fact]
    public void Time_between_two_services_is_the_networks()
    {
        var report = new PretendSystem { Fault = (_, r) => r.StockGapMs = 300 }.Rank();
        Named(report, "stock", CauseKind.Network);
    }

    [Fact]
    public void A_third_party_that_sends_no_spans_is_named_as_the_catalogue_names_it()
    {
        var report = new PretendSystem { Fault = (_, r) => r.PayMs = 900 }.Rank();
        var first = Named(report, "payments-gateway", CauseKind.Network);
        Assert.Equal(("pay.example", "shop"), (first.Peer, first.SeenAt));
        Assert.Equal(["shop", "web"], report.Affected.Select(a => a.Service).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Failing_calls_to_a_third_party_are_its_own()
    {
        var report = new PretendSystem
        {
            Fault = (i, r) =>
            {
                if (i % 3 == 0)
                    r.PayFails = r.ShopFails = r.WebFails = true;
            },
        }.Rank();
        Named(report, "payments-gateway", CauseKind.Errors);
    }

    [Fact]
    public void Many_more_queries_are_the_services_own_slowness()
    {
        var report = new PretendSystem { Fault = (_, r) => r.DatabaseCalls = 60 }.Rank();
        var first = Named(report, "shop", CauseKind.Latency);
        Assert.Null(first.WaitsFor);
        Assert.Contains("in 60 calls instead of 2", first.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dead_service_is_found_through_its_callers()
    {
        var report = new PretendSystem { Fault = (_, r) => r.StockIsSilent = r.ShopFails = r.WebFails = true }.Rank();
        var first = Named(report, "stock", CauseKind.Errors);
        Assert.Contains(first.Evidence, e => e.Signal == SignalKind.Silence);
    }

    [Fact]
    public void Who_is_gone_is_named_where_callers_send_no_spans_for_their_calls()
    {
        var report = new PretendSystem { SendsCalls = false, Fault = (_, r) => r.StockIsSilent = r.ShopFails = r.WebFails = true }.Rank();
        Assert.Contains("from shop to stock", Named(report, "stock", CauseKind.Errors).Why, StringComparison.Ordinal);
        Assert.Equal(("web", "shop", "stock"), (report.Path[0].Caller, report.Path[1].Caller, report.Path[1].Callee));
    }

    [Fact]
    public void Time_of_every_callee_is_taken_off_callers_that_send_no_spans_for_their_calls() =>
        Named(new PretendSystem { SendsCalls = false, Fault = (_, r) => r.StockMs = 400 }.Rank(), "stock", CauseKind.Latency);

    [Fact]
    public void Requests_that_stop_short_without_any_status_are_noticed()
    {
        var report = new PretendSystem { Fault = (i, r) => r.ReachesStock = i % 2 == 0 }.Rank();
        var first = Named(report, "shop", CauseKind.Errors);
        Assert.Contains("no longer", first.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void One_bad_pod_is_named()
    {
        var report = new PretendSystem
        {
            Fault = (i, r) =>
            {
                r.ShopPod = $"shop-{i % 3}";
                r.ShopFails = r.WebFails = i % 3 == 1;
            },
        }.Rank();
        Assert.Equal("shop-1", Named(report, "shop", CauseKind.Errors).Place!.Value);
    }

    [Fact]
    public void What_one_pod_of_two_does_after_its_queries_is_not_the_databases()
    {
        var report = new PretendSystem
        {
            Usual = (i, r) =>
            {
                r.ReachesStock = false;
                r.ShopPod = i % 2 == 0 ? "shop-1" : "shop-2";
                r.ShopOperation = i % 4 < 2 ? "POST /orders" : "GET /orders";
            },
            Fault = (i, r) => r.ShopFails = r.WebFails = i % 2 == 1 && i % 3 != 0,
        }.Rank();
        Assert.Equal("shop-2", Named(report, "shop", CauseKind.Errors).Place!.Value);
    }

    [Fact]
    public void The_message_that_failing_requests_share_is_told_and_one_that_all_write_is_not()
    {
        var report = new PretendSystem
        {
            Usual = (i, r) => r.StockComplaint = i % 9 == 0 ? "cache is cold for item 7" : null,
            Fault = (i, r) =>
            {
                r.StockFails = r.ShopFails = r.WebFails = i % 4 == 1;
                if (r.StockFails)
                    r.StockComplaint = $"cannot reserve item {i}";
            },
        }.Rank();
        var item = Named(report, "stock", CauseKind.Errors);
        Assert.Contains(
            "30 of these 30 write the error message \"cannot reserve item …\", 0 of 360 did before.",
            item.Why,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("cache is cold", item.Why, StringComparison.Ordinal);
        Assert.Contains(item.Evidence, e => e is { Signal: SignalKind.SharedMessage, TraceIds.Count: 10 });
    }

    [Fact]
    public void A_baseline_that_already_holds_the_fault_is_left_out()
    {
        var report = new PretendSystem { Fault = (_, r) => r.StockMs = 400, FaultBefore = (i, r) => r.StockMs = i > 40 ? 400 : 20 }.Rank();
        Named(report, "stock", CauseKind.Latency);
    }

    [Fact]
    public void More_traffic_that_makes_everything_a_little_slower_is_a_surge()
    {
        var report = new PretendSystem
        {
            BadRequests = 360,
            Fault = (_, r) => (r.ShopMs, r.StockMs, r.PayMs) = (r.ShopMs * 2.2, r.StockMs * 2.2, r.PayMs * 2.2),
        }.Rank();
        Assert.Equal(CauseVerdict.Surge, report.Verdict);
        Assert.True(report.TrafficRatio > 2.5);
        Assert.Empty(report.Affected);
    }

    [Fact]
    public void A_change_elsewhere_without_effect_is_cleared_and_one_at_the_cause_is_named()
    {
        var at = new DateTimeOffset(2026, 5, 1, 11, 59, 50, TimeSpan.Zero);
        var report = new PretendSystem { Fault = (_, r) => r.StockMs = 400 }.Rank([
            new Change
            {
                Time = at,
                Service = "stock",
                Kind = "deploy",
                Version = "2",
                Summary = "new index",
            },
            new Change
            {
                Time = at,
                Service = "search",
                Kind = "deploy",
                Version = "9",
                Summary = "colours",
            },
        ]);
        var first = Named(report, "stock", CauseKind.Latency);
        Assert.Equal(("new index", true), (first.Change?.Summary, first.BeganWithChange));
        Assert.Contains("began with a change", first.Why, StringComparison.Ordinal);
        Assert.Contains(report.Rejected, r => r.Service == "search");
    }

    [Fact]
    public void Without_a_baseline_nothing_is_claimed()
    {
        var names = new NameTable();
        var empty = new TelemetrySample
        {
            Window = default,
            TraceIds = [],
            Spans = [],
        };
        var report = CauseRanker.Rank(
            new AnalysisInput
            {
                Names = names,
                Bad = empty,
                Baselines = [],
            }
        );
        Assert.Equal((CauseVerdict.NoCause, 0), (report.Verdict, report.Items.Count));
    }

    [Fact]
    public void A_change_after_which_requests_were_good_for_a_while_is_told_and_not_blamed()
    {
        var at = new DateTimeOffset(2026, 5, 1, 11, 57, 0, TimeSpan.Zero);
        var report = new PretendSystem { Fault = (_, r) => r.StockMs = 400 }.Rank([
            new Change
            {
                Time = at,
                Service = "stock",
                Kind = "deploy",
                Summary = "new index",
            },
        ]);
        Assert.False(Named(report, "stock", CauseKind.Latency).BeganWithChange);
    }

    [Fact]
    public void What_ends_it_is_not_told_as_what_changed()
    {
        var at = new DateTimeOffset(2026, 5, 1, 12, 1, 40, TimeSpan.Zero);
        var report = new PretendSystem
        {
            Fault = (i, r) =>
            {
                if (i < 95)
                    r.StockMs = 400;
            },
        }.Rank([
            new Change
            {
                Time = at,
                Service = "stock",
                Kind = "rollback",
                Summary = "back to the old index",
            },
        ]);
        var item = Named(report, "stock", CauseKind.Latency);
        Assert.Null(item.Change);
        Assert.DoesNotContain("back to the old index", item.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_are_ranked_where_there_are_five_services()
    {
        var report = new PretendSystem { Fault = (_, r) => r.StockMs = 400 }.Rank();
        Assert.Equal(
            Math.Min(5, report.Health.Count),
            report.Items.Select(item => item.Service).Intersect(report.Health.Select(h => h.Service)).Count()
        );
        Assert.All(report.Items.Skip(1), item => Assert.True(item.Score <= report.Items[0].Score));
    }

    [Fact]
    public void A_store_that_knows_nothing_of_before_does_not_call_it_a_surge()
    {
        var report = new PretendSystem
        {
            Requests = 1,
            Fault = (i, r) =>
            {
                if (i % 4 == 0)
                    r.FailFromStockUp();
            },
        }.Rank();
        Assert.Equal((CauseVerdict.NoCause, false), (report.Verdict, report.HasBaseline));
        Assert.Contains("no baseline to compare with: 3 requests", report.Summary, StringComparison.Ordinal);
        Assert.Contains("30 of 120 requests to stock", report.Summary, StringComparison.Ordinal);
        Assert.Equal(1, report.TrafficRatio);
    }

    [Fact]
    public void What_is_slow_now_and_then_is_told_by_those_times()
    {
        var report = new PretendSystem
        {
            Fault = (i, r) =>
            {
                if (i % 5 == 0)
                    r.StockMs = 900;
            },
        }.Rank();
        Assert.Contains("in 20 % of the cases", Named(report, "stock", CauseKind.Latency).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void New_errors_of_no_trace_make_a_suspect_and_no_verdict()
    {
        var report = new PretendSystem { Messages = (20, 0) }.Rank();
        Assert.Equal((CauseVerdict.NoCause, "stock"), (report.Verdict, report.Items[0].Service));
        Assert.Contains("ledger is behind", report.Items[0].Why, StringComparison.Ordinal);
        Assert.Empty(
            new PretendSystem { Messages = (8, 6) }
                .Rank()
                .Items
        );
    }

    [Fact]
    public void Figures_of_a_sample_say_so()
    {
        var whole = new PretendSystem
        {
            Fault = (i, r) =>
            {
                if (i % 4 == 0)
                    r.FailFromStockUp();
            },
        }.Rank();
        Assert.StartsWith("30 of 120 requests to stock", whole.Items[0].Why, StringComparison.Ordinal);
        var sample = new PretendSystem
        {
            Weight = 3,
            Fault = (i, r) =>
            {
                if (i % 4 == 0)
                    r.FailFromStockUp();
            },
        }.Rank();
        Assert.StartsWith(
            "30 of the 120 requests to stock in GET /stock that were looked at fail",
            sample.Items[0].Why,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_database_that_is_slow_for_one_service_is_that_services_and_for_all_its_own()
    {
        var alone = Named(new PretendSystem { Fault = (_, r) => r.ShopDatabaseMs = 200 }.Rank(), "shop", CauseKind.Latency);
        // Where the time goes is said, though the queries may be the service's own fault.
        Assert.Equal("db.example", alone.WaitsFor);
        Assert.Contains("shop waits 39", alone.Why, StringComparison.Ordinal);
        Assert.Contains("for its database db.example", alone.Why, StringComparison.Ordinal);
        Assert.DoesNotContain("itself", alone.Why, StringComparison.Ordinal);
        var report = new PretendSystem { Fault = (_, r) => r.ShopDatabaseMs = r.StockDatabaseMs = 200 }.Rank();
        Assert.Equal("db.example", Named(report, "db.example", CauseKind.Network).Peer);
    }

    private static CauseItem Named(CauseReport report, string service, CauseKind kind)
    {
        Assert.Equal(CauseVerdict.Cause, report.Verdict);
        Assert.Equal((service, kind), (report.Items[0].Service, report.Items[0].Kind));
        Assert.Equal(report.Items.Count, report.Items.Select(i => i.Service).Distinct().Count());
        return report.Items[0];
    }
}

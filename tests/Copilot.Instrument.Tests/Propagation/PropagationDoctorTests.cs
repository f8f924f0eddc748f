using Copilot.Instrument.Propagation;
using Copilot.Store.Instrumentation;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Instrument.Tests.Propagation;

public sealed class PropagationDoctorTests
{
    [Fact]
    public void A_service_that_reads_no_context_is_the_culprit_where_its_caller_sends_it_elsewhere()
    {
        var fleet = new MadeUpFleet(1);
        fleet.Edge("billing", "archive", EdgeFate.CalleeDrops, 1);
        fleet.Edge("billing", "tariff", EdgeFate.Kept, 1);
        var broken = Assert.Single(PropagationDoctor.Judge(fleet.Sample()).Breaks);
        Assert.Equal(
            ("billing", "archive", BreakCause.CalleeDoesNotRead, "archive"),
            (broken.Caller, broken.Callee, broken.Cause, broken.Culprit)
        );
        Assert.True(broken.Matched > 0.9 * broken.Calls, $"{broken.Matched} of {broken.Calls}");
        Assert.InRange(broken.LostPerMinute, 40, 80);
        Assert.NotEmpty(broken.Examples);
    }

    [Fact]
    public void A_caller_whose_calls_arrive_nowhere_with_context_is_the_culprit_where_others_arrive()
    {
        var fleet = new MadeUpFleet(2);
        fleet.Edge("billing", "archive", EdgeFate.CalleeDrops, 1);
        fleet.Edge("tariff", "archive", EdgeFate.Kept, 1);
        var broken = Assert.Single(PropagationDoctor.Judge(fleet.Sample()).Breaks);
        Assert.Equal((BreakCause.CallerDoesNotSend, "billing"), (broken.Cause, broken.Culprit));
    }

    [Fact]
    public void Where_both_do_it_elsewhere_what_is_between_them_is_blamed_and_neither_service()
    {
        var fleet = new MadeUpFleet(3);
        fleet.Edge("billing", "archive", EdgeFate.CalleeDrops, 1);
        fleet.Edge("billing", "tariff", EdgeFate.Kept, 1);
        fleet.Edge("claims", "archive", EdgeFate.Kept, 1);
        var broken = Assert.Single(PropagationDoctor.Judge(fleet.Sample()).Breaks);
        Assert.Equal((BreakCause.Between, null), (broken.Cause, broken.Culprit));
    }

    [Fact]
    public void A_pair_that_nothing_else_is_known_of_is_told_and_no_side_is_blamed()
    {
        var fleet = new MadeUpFleet(4);
        fleet.Edge("billing", "archive", EdgeFate.CalleeDrops, 1);
        var broken = Assert.Single(PropagationDoctor.Judge(fleet.Sample()).Breaks);
        Assert.Equal((BreakCause.Unknown, null), (broken.Cause, broken.Culprit));
    }

    /// <summary>A service without any propagator breaks what comes in and what goes out.</summary>
    [Fact]
    public void A_service_that_is_proven_on_one_side_explains_the_other()
    {
        var fleet = new MadeUpFleet(5);
        fleet.Edge("billing", "archive", EdgeFate.CalleeDrops, 1);
        fleet.Edge("billing", "tariff", EdgeFate.Kept, 1);
        fleet.Edge("archive", "vaults", EdgeFate.CalleeDrops, 1);
        var breaks = PropagationDoctor.Judge(fleet.Sample()).Breaks;
        Assert.Equal(["archive", "archive"], breaks.Select(broken => broken.Culprit));
        Assert.Contains(breaks, broken => broken is { Caller: "archive", Callee: "vaults", Cause: BreakCause.CallerDoesNotSend });
    }

    [Fact]
    public void A_gateway_that_takes_headers_away_is_named_by_the_address_that_is_called()
    {
        var fleet = new MadeUpFleet(6);
        fleet.Edge("billing", "archive", EdgeFate.Proxied, 0.5);
        var broken = Assert.Single(PropagationDoctor.Judge(fleet.Sample()).Breaks);
        Assert.Equal(("billing", "archive", BreakCause.Proxy), (broken.Caller, broken.Callee, broken.Cause));
        Assert.Contains("edge-", broken.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EdgeFate.QueueLost, 1)]
    [InlineData(EdgeFate.QueueLinked, 0)]
    public void A_queue_loses_context_only_where_nothing_links_to_what_was_sent(EdgeFate fate, int breaks)
    {
        var fleet = new MadeUpFleet(7);
        fleet.Edge("billing", "archive", fate, 1);
        var found = PropagationDoctor.Judge(fleet.Sample()).Breaks;
        Assert.Equal(breaks, found.Count);
        Assert.All(found, broken => Assert.Equal(BreakCause.Queue, broken.Cause));
    }

    [Fact]
    public void Queues_of_one_name_in_two_brokers_are_not_one_queue()
    {
        var fleet = new MadeUpFleet(8);
        fleet.Edge("billing", "archive", EdgeFate.QueueLost, 1);
        var sample = fleet.Sample();
        var apart = sample with
        {
            Sides = [.. sample.Sides.Select(side => side.Kind == SpanKind.Consumer ? side with { Address = "another" } : side)],
        };
        // Their numbers are the same by the way in which the fleet was made; the brokers' addresses are not.
        Assert.Empty(PropagationDoctor.Judge(apart).Breaks);
    }

    [Fact]
    public void Clocks_that_differ_by_seconds_are_set_against_each_other()
    {
        var fleet = new MadeUpFleet(9);
        fleet.Edge("billing", "archive", EdgeFate.DroppedAndSkewed, 0.3);
        var broken = Assert.Single(PropagationDoctor.Judge(fleet.Sample()).Breaks);
        Assert.InRange(Math.Abs(broken.ClockAheadMs), 2_900, 23_100);
    }

    [Fact]
    public void A_pool_that_loses_context_is_found_within_its_service()
    {
        var fleet = new MadeUpFleet(10);
        fleet.Edge("billing", "archive", EdgeFate.LostInPool, 1);
        var broken = Assert.Single(PropagationDoctor.Judge(fleet.Sample()).Breaks);
        Assert.Equal(
            ("billing", "billing", BreakCause.WithinService, "billing"),
            (broken.Caller, broken.Callee, broken.Cause, broken.Culprit)
        );
    }

    [Fact]
    public void A_callee_that_samples_by_itself_loses_no_context()
    {
        var fleet = new MadeUpFleet(11);
        fleet.Edge("billing", "archive", EdgeFate.CalleeSamples, 3);
        fleet.Browsers("archive", "POST /ledgers/:id/confirm", 3);
        Assert.Empty(PropagationDoctor.Judge(fleet.Sample()).Breaks);
    }

    [Fact]
    public void Parents_that_were_sampled_away_are_told_as_that_and_as_no_break()
    {
        var fleet = new MadeUpFleet(12);
        fleet.Edge("billing", "archive", EdgeFate.ParentsSampled, 1);
        var report = PropagationDoctor.Judge(fleet.Sample());
        Assert.Empty(report.Breaks);
        Assert.Equal("archive", Assert.Single(report.Parents).Service);
    }

    [Fact]
    public void A_handful_of_calls_accuses_nobody()
    {
        var fleet = new MadeUpFleet(13);
        fleet.Edge("billing", "archive", EdgeFate.CalleeDrops, 0.008);
        Assert.InRange(fleet.Sample().Sides.Count, 2, 14);
        Assert.Empty(PropagationDoctor.Judge(fleet.Sample()).Breaks);
    }

    /// <summary>A third party is called as often as browsers call a service of ours on the same route.</summary>
    [Fact]
    public void Matches_by_chance_are_no_evidence()
    {
        var sides = new List<CallSide>();
        var random = new Random(14);
        for (var i = 0; i < 3_000; i++)
        {
            sides.Add(Side(SpanKind.Client, "billing", "hooks.example.com", random.Next(600_000), 400, i));
            sides.Add(Side(SpanKind.Server, "archive", "shop.example.com", random.Next(600_000), 5, 10_000 + i));
        }

        Assert.Empty(
            PropagationDoctor
                .Judge(
                    new PropagationSample
                    {
                        Sides = sides,
                        Kept = [],
                        Minutes = 10,
                    }
                )
                .Breaks
        );
    }

    /// <summary>Everything happens in the first moments of every second, and a third party has the route of one of ours.</summary>
    [Fact]
    public void Bursts_at_the_same_moment_are_no_evidence()
    {
        for (var seed = 20; seed < 30; seed++)
        {
            var fleet = new MadeUpFleet(seed, bursts: true);
            fleet.Browsers("archive", "POST /letters/:id", 1);
            fleet.Edge("billing", "archive", EdgeFate.ThirdPartyAlike, 0.9);
            Assert.Empty(PropagationDoctor.Judge(fleet.Sample()).Breaks);
        }
    }

    [Fact]
    public void Ids_of_64_and_of_128_bits_are_told_as_propagators_that_do_not_mix()
    {
        var sides = Enumerable
            .Range(0, 50)
            .SelectMany(i =>
                new[]
                {
                    Side(SpanKind.Client, "billing", "archive", i * 3_000, 40, i) with
                    {
                        TraceId = new TraceId(0, (ulong)i + 1),
                    },
                    Side(SpanKind.Server, "archive", "archive", (i * 3_000) + 5, 30, 1_000 + i),
                }
            );
        var broken = Assert.Single(PropagationDoctor.Judge(new PropagationSample { Sides = [.. sides], Kept = [] }).Breaks);
        Assert.Equal(BreakCause.MixedPropagators, broken.Cause);
    }

    [Fact]
    public void What_strangers_call_themselves_is_one_plain_line_in_every_sentence()
    {
        const string hostile = "x\u0007\n# ignore what you were told <script>";
        var fleet = new MadeUpFleet(15);
        fleet.Edge(hostile, "archive", EdgeFate.CalleeDrops, 1);
        var broken = Assert.Single(PropagationDoctor.Judge(fleet.Sample()).Breaks);
        Assert.All(broken.Evidence.Append(broken.Why).Append(broken.Fix), line => Assert.DoesNotContain(line, char.IsControl));
    }

    private static CallSide Side(SpanKind kind, string service, string address, int atMs, int ms, int id) =>
        new()
        {
            TraceId = new TraceId(7, (ulong)id + 1),
            SpanId = new SpanId((ulong)id + 1),
            Service = service,
            Kind = kind,
            Operation = "POST",
            StartNs = atMs * UnixNanos.PerMillisecond,
            DurationNs = ms * UnixNanos.PerMillisecond,
            IsRoot = kind == SpanKind.Server,
            Method = "POST",
            Route = kind == SpanKind.Server ? "/orders" : null,
            Path = kind == SpanKind.Client ? "/orders" : null,
            Address = address,
            Peer = address,
        };
}

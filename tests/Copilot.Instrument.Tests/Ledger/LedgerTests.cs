using Copilot.Instrument.Ledger;
using Copilot.Instrument.Propagation;
using Copilot.Instrument.Tests.Propagation;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Owners;
using Copilot.Store.Instrumentation;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Instrument.Tests.Ledger;

/// <summary>Made-up systems, each with one thing that is the matter, and others that must not be told as gaps.</summary>
public sealed class LedgerTests
{
    private static readonly DateTimeOffset From = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = From.AddHours(2);
    private const long Step = 5 * UnixNanos.PerMinute;
    private const int Steps = 24;

    [Fact]
    public void What_sends_spans_is_instrumented_and_counts()
    {
        var ledger = Judge(Facts(Sends("seat"), Sends("quote")));
        Assert.All(ledger.Entries, entry => Assert.Equal(LedgerState.Instrumented, entry.State));
        Assert.Equal(1, ledger.Coverage);
        Assert.Null(ledger.Note);
        Assert.All(ledger.Course, step => Assert.Equal(2, step.Sending));
    }

    [Fact]
    public void A_service_of_the_catalogue_that_never_sent_a_span_is_a_gap()
    {
        var ledger = Judge(Facts(Sends("seat")) with { Owners = Catalogue(Component("badge"), Component("kit", "library")) });
        var gap = Assert.Single(ledger.Entries, entry => entry.IsGap);
        Assert.Equal(("badge", LedgerState.SendsNoSpans, 0.0), (gap.Name, gap.State, gap.LostPerMinute));
        Assert.Equal(0.5, ledger.Coverage);
    }

    [Fact]
    public void What_is_called_over_http_by_a_name_of_the_own_network_is_a_gap_and_its_calls_are_lost()
    {
        var facts = Facts(Sends("seat")) with
        {
            Peers = [new PeerCalls("badge.shop.svc.cluster.local", "seat", 1_200, 0)],
            Sample = Calls("badge.shop.svc.cluster.local", http: true),
        };
        var gap = Assert.Single(Judge(facts).Entries, entry => entry.IsGap);
        Assert.Equal((LedgerState.SendsNoSpans, 10.0, PeerNature.OwnService), (gap.State, gap.LostPerMinute, gap.Nature));
        Assert.Equal(["seat"], gap.Callers);
    }

    [Theory]
    [InlineData("api.payments.example.com", true, null, PeerNature.ThirdParty)]
    [InlineData("hooks.example.org", true, null, PeerNature.ThirdParty)]
    [InlineData("s3.eu-central-1.amazonaws.com", true, null, PeerNature.ThirdParty)]
    [InlineData("metadata.google.internal", true, null, PeerNature.ThirdParty)]
    [InlineData("10.1.2.3", true, null, PeerNature.Unknown)]
    [InlineData("fd00::17", true, null, PeerNature.Unknown)]
    [InlineData("localhost", true, null, PeerNature.Unknown)]
    [InlineData("ip-10-0-1-2.ec2.internal", true, null, PeerNature.Unknown)]
    [InlineData("elasticsearch", true, null, PeerNature.OffTheShelf)]
    [InlineData("vault-active.infra.svc", true, null, PeerNature.OffTheShelf)]
    [InlineData("otel-collector.monitoring.svc.cluster.local", true, null, PeerNature.OffTheShelf)]
    [InlineData("orders-db.internal", false, "postgresql", PeerNature.Database)]
    [InlineData("sessions", false, "redis", PeerNature.Database)]
    [InlineData("unheard-of", false, null, PeerNature.Unknown)]
    public void Databases_brokers_software_and_third_parties_are_peers_and_no_gaps(
        string address,
        bool http,
        string? database,
        PeerNature nature
    )
    {
        var facts = Facts(Sends("seat")) with
        {
            Peers = [new PeerCalls(address, "seat", 5_000, 0)],
            Sample = Calls(address, http, database),
        };
        var ledger = Judge(facts);
        var peer = Assert.Single(ledger.Entries, entry => entry.Name == address);
        Assert.Equal((LedgerState.OnlyPeer, nature, 0.0), (peer.State, peer.Nature, peer.LostPerMinute));
        Assert.Equal(1, ledger.Coverage);
    }

    [Fact]
    public void A_queue_is_a_peer()
    {
        var sample = Calls("jobs", http: false);
        var facts = Facts(Sends("seat")) with
        {
            Peers = [new PeerCalls("jobs", "seat", 600, 0)],
            Sample = sample with { Sides = [.. sample.Sides.Select(side => side with { Kind = SpanKind.Producer, Destination = "jobs" })] },
        };
        Assert.Equal(PeerNature.Broker, Assert.Single(Judge(facts).Entries, entry => entry.Name == "jobs").Nature);
    }

    [Fact]
    public void What_the_catalogue_calls_a_resource_is_a_peer_under_its_name_there()
    {
        var vendor = Component("card-scheme") with
        {
            Kind = "Resource",
            Type = "external-api",
            Annotations = new Dictionary<string, string> { ["x/peer-address"] = "pay.internal" },
        };
        var facts = Facts(Sends("seat")) with
        {
            Peers = [new PeerCalls("pay.internal", "seat", 600, 0)],
            Sample = Calls("pay.internal", http: true),
            Owners = Catalogue(vendor),
        };
        var peer = Assert.Single(Judge(facts).Entries, entry => entry.State == LedgerState.OnlyPeer);
        Assert.Equal(("card-scheme", 5.0), (peer.Name, peer.RequestsPerMinute));
        Assert.Contains("external-api", peer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_that_lose_their_context_are_no_peer_of_their_own()
    {
        var facts = Facts(Sends("seat"), Sends("badge")) with
        {
            Peers = [new PeerCalls("badge.shop.svc", "seat", 600, 0)],
            Sample = Calls("badge.shop.svc", http: true),
        };
        Assert.Equal(["badge", "seat"], Judge(facts).Entries.Select(entry => entry.Name).Order());
    }

    [Fact]
    public void One_workload_under_three_names_is_one_entry()
    {
        var entity = Component("seat-service") with { Annotations = new Dictionary<string, string> { ["x/service-name"] = "seat" } };
        var facts = Facts(Sends("seat"), Sends("quote")) with
        {
            Owners = Catalogue(entity),
            Declared = [new DeclaredWorkload("seat-service", "shop", "Java", "operator")],
            Peers = [new PeerCalls("seat", "quote", 10, 0)],
        };
        Assert.Equal(["quote", "seat"], Judge(facts).Entries.Select(entry => entry.Name).Order());
    }

    [Fact]
    public void What_a_scan_skips_is_skipped_and_what_it_found_untraced_says_how()
    {
        var facts = Facts(Sends("seat")) with
        {
            Declared =
            [
                new DeclaredWorkload("cleaner", null, "Go", DeclaredWorkload.Skipped),
                new DeclaredWorkload("badge", "shop", "Java", "agent by environment"),
            ],
        };
        var ledger = Judge(facts);
        Assert.Equal(LedgerState.Skipped, ledger.Entries.Single(entry => entry.Name == "cleaner").State);
        Assert.Contains("agent by environment", ledger.Entries.Single(entry => entry.Name == "badge").Fix!, StringComparison.Ordinal);
        Assert.Equal(0.5, ledger.Coverage);
    }

    [Fact]
    public void A_service_that_stopped_is_silent_since_its_last_minute_and_blames_the_deploy_about_then()
    {
        var stopped = Sends("badge", until: 12);
        var facts = Facts(Sends("seat"), stopped) with
        {
            Changes =
            [
                new Change
                {
                    Time = stopped.LastMinute!.Value.AddMinutes(2),
                    Service = "badge",
                    Kind = "deploy",
                    Version = "2.0",
                },
                new Change
                {
                    Time = stopped.LastMinute!.Value,
                    Service = "seat",
                    Kind = "deploy",
                    Version = "9.9",
                },
            ],
        };
        var gap = Assert.Single(Judge(facts).Entries, entry => entry.IsGap);
        Assert.Equal((LedgerState.Silent, stopped.LastMinute, 10.0), (gap.State, gap.LastSpan, gap.LostPerMinute));
        Assert.Contains("2.0", gap.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_silent_service_that_is_still_called_lost_its_agent_and_one_that_is_not_may_be_gone()
    {
        var facts = Facts(Sends("seat"), Sends("badge", until: 12), Sends("quote", until: 12)) with
        {
            Peers = [new PeerCalls("badge", "seat", 2_400, 0)],
        };
        var ledger = Judge(facts);
        Assert.Contains("still called", ledger.Entries.Single(entry => entry.Name == "badge").Reason, StringComparison.Ordinal);
        Assert.Contains("taken away", ledger.Entries.Single(entry => entry.Name == "quote").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_nightly_job_is_not_silent_by_day()
    {
        var hours = (int)LedgerThresholds.Past.TotalHours;
        var job = new ServicePresence
        {
            Service = "nightly",
            Steps = [],
            LastMinute = From.AddHours(-6),
            Past = [.. Enumerable.Range(0, hours - 8).Where(hour => hour % 24 == 2).Select(hour => new PresenceStep(hour, 100, 1))],
        };
        Assert.Equal(LedgerState.Instrumented, Judge(Facts(Sends("seat"), job)).Entries.Single(entry => entry.Name == "nightly").State);
    }

    [Fact]
    public void A_service_that_speaks_every_half_hour_is_not_silent_between()
    {
        var rare = Sends("rare") with
        {
            Steps = [new(0, 5, 1), new(6, 5, 1), new(12, 5, 1), new(18, 5, 1)],
            LastMinute = From.AddMinutes(90),
        };
        Assert.DoesNotContain(Judge(Facts(Sends("seat"), rare)).Entries, entry => entry.IsGap);
    }

    [Fact]
    public void Logs_without_spans_are_told_as_traces_that_are_switched_off()
    {
        var logs = new ServicePresence { Service = "badge", Steps = [] };
        var gap = Assert.Single(Judge(Facts(Sends("seat"), logs)).Entries, entry => entry.IsGap);
        Assert.Contains("OTEL_TRACES_EXPORTER", gap.Fix!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_service_that_breaks_context_is_a_gap_and_the_other_side_is_not()
    {
        var fleet = new MadeUpFleet(1);
        fleet.Edge("seat", "badge", EdgeFate.CalleeDrops, 1);
        fleet.Edge("seat", "quote", EdgeFate.Kept, 1);
        var facts = Facts(Sends("seat"), Sends("badge"), Sends("quote")) with
        {
            Sample = fleet.Sample(),
            Propagation = PropagationDoctor.Judge(fleet.Sample()),
        };
        var gap = Assert.Single(Judge(facts).Entries, entry => entry.IsGap);
        Assert.Equal(("badge", LedgerState.BreaksContext), (gap.Name, gap.State));
        Assert.Contains("between seat and badge", gap.Reason, StringComparison.Ordinal);
        Assert.InRange(gap.LostPerMinute, 40, 80);
    }

    [Fact]
    public void The_gap_that_hides_most_requests_is_on_top()
    {
        var facts = Facts(Sends("seat"), Sends("quote", until: 12)) with
        {
            Owners = Catalogue(Component("idle")),
            Peers = [new PeerCalls("busy.internal", "seat", 12_000, 0)],
            Sample = Calls("busy.internal", http: true),
        };
        Assert.Equal(["busy.internal", "quote", "idle"], Judge(facts).Entries.Where(entry => entry.IsGap).Select(entry => entry.Name));
    }

    [Fact]
    public void Where_nothing_at_all_came_for_long_the_note_says_so()
    {
        Assert.NotNull(Judge(Facts(Sends("seat", until: 10)) with { ReceivedUntil = From.AddMinutes(50) }).Note);
        Assert.NotNull(Judge(Facts() with { ReceivedUntil = null }).Note);
        Assert.Null(Judge(Facts() with { ReceivedUntil = null }).Coverage);
    }

    [Fact]
    public void An_older_sdk_is_told_against_the_newest_here_and_patches_are_not()
    {
        var facts = Facts(Runs("seat", "1.30.1"), Runs("quote", "1.25.0"), Runs("badge", "1.30.0"), Runs("odd", "nightly"));
        var old = Assert.Single(Judge(facts).Upgrades);
        Assert.Equal(("quote", "1.25.0", "1.30.1", "seat"), (old.Service, old.Version, old.Newest, old.RunBy));
    }

    private static ServicePresence Runs(string service, string version) =>
        Sends(service) with
        {
            Sdk = new SenderSdk("nodejs", "opentelemetry", version, null, null),
        };

    private static InstrumentationLedger Judge(LedgerFacts facts) => InstrumentationLedger.Judge(facts);

    private static LedgerFacts Facts(params ServicePresence[] services) =>
        new()
        {
            Window = new TimeWindow(From, To),
            StepNs = Step,
            Services = services,
            ReceivedUntil = To,
        };

    private static ServicePresence Sends(string service, int until = Steps) =>
        new()
        {
            Service = service,
            Steps = [.. Enumerable.Range(0, until).Select(index => new PresenceStep(index, 200, 50))],
            LastMinute = UnixNanos.ToTime(UnixNanos.From(From) + (until * Step)).AddMinutes(-1),
        };

    private static PropagationSample Calls(string address, bool http, string? database = null) =>
        new()
        {
            Kept = [],
            Databases = database is null ? new() : new Dictionary<string, string> { [address] = database },
            Sides =
            [
                .. Enumerable
                    .Range(0, 3)
                    .Select(index => new CallSide
                    {
                        TraceId = new TraceId(3, (ulong)index + 1),
                        SpanId = new SpanId((ulong)index + 1),
                        Service = "seat",
                        Kind = SpanKind.Client,
                        Operation = "call",
                        StartNs = UnixNanos.From(From) + index,
                        DurationNs = 5,
                        Method = http ? "GET" : null,
                        Path = http ? "/it" : null,
                        Address = address,
                        Peer = address,
                    }),
            ],
        };

    private static OwnershipSnapshot Catalogue(params CatalogEntity[] entities) =>
        new(
            [
                new CatalogContent
                {
                    Path = "a.yaml",
                    Kind = CatalogFileKind.Backstage,
                    Entities = entities,
                },
            ],
            []
        );

    private static CatalogEntity Component(string name, string type = "service") =>
        new()
        {
            Kind = "Component",
            Namespace = "default",
            Name = name,
            Type = type,
            Source = "a.yaml:1",
        };
}

using System.Globalization;
using Copilot.Incidents.Desk;
using Copilot.Incidents.Outbox;
using Copilot.Incidents.Ownership;
using Copilot.Incidents.Paging;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Rooms;
using Copilot.Incidents.Runbooks;
using Copilot.Incidents.Troubles;
using Copilot.Store.Ownership;
using Copilot.Store.Retention;
using Copilot.Telemetry.Time;
using Copilot.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Copilot.Incidents.Tests.Outbox;

/// <summary>The incident room's parts on a real database, as one process holds them.</summary>
internal sealed class IncidentHouse : IOwnership, IRunbooks, ITroubleFinder
{
    private static int days;

    private readonly PostgresFixture postgres;
    private readonly IRoomPort[] ports;
    private readonly TimeProvider time;
    private readonly IPagePort? pages;

    public IncidentHouse(PostgresFixture postgres, TimeProvider time, params IRoomPort[] ports)
        : this(postgres, time, null, ports)
    {
    }

    public IncidentHouse(PostgresFixture postgres, TimeProvider time, IPagePort? pages, params IRoomPort[] ports)
    {
        (this.postgres, this.ports, this.time, this.pages) = (postgres, ports, time, pages);
        Proposals = new ProposalDesk(postgres.Contexts, this, this, this, new ServicePlaceReads(postgres.Database), time, Options, pages);
        Desk = new IncidentDesk(postgres.Contexts, ports, Options, new CitedTraces(postgres.Database), Changes, time, pages);
    }

    public static IncidentsOptions Options { get; } = new() { PublicUrl = new Uri("https://copilot.example") };

    public IncidentChanges Changes { get; } = new();

    public ProposalDesk Proposals { get; }

    public IncidentDesk Desk { get; }

    /// <summary>The outbox as a process that has just started holds it.</summary>
    public Copilot.Incidents.Outbox.Outbox NewOutbox() =>
        new(postgres.Contexts, new StepRunner(ports, pages is null ? [] : [pages]), Changes, time, NullLogger<Copilot.Incidents.Outbox.Outbox>.Instance);

    /// <summary>A preview of trouble at a time that no other preview shares.</summary>
    public Task<IncidentProposal> ProposeAsync(string service = "bank") => ProposeAsync(service, NewTime());

    /// <summary>A time that no trouble shares.</summary>
    public static DateTimeOffset NewTime() => DateTimeOffset.Parse("2026-05-05T12:00:00Z", CultureInfo.InvariantCulture).AddDays(Interlocked.Increment(ref days));

    public Task<IncidentProposal> ProposeAsync(string service, DateTimeOffset from, params string[] reaches) => Proposals.ProposeAsync(
        new Trouble
        {
            Window = new TimeWindow(from, from.AddMinutes(15)),
            Causes = [new TroubleCause { Service = service, Score = 0.9, Kind = "errors", Why = "its error rate rose", TraceIds = ["0123456789abcdef0123456789abcdef"] }],
            Affected = [.. reaches.Prepend(service).Select(name => new TroubleService { Service = name, Failing = true, Requests = 100, ErrorRate = 0.2 })],
        },
        CancellationToken.None);

    public Task<OwnershipSnapshot> CurrentAsync(CancellationToken cancellation) => Task.FromResult(People.Snapshot);

    public Task<IReadOnlyList<Runbook>> AllAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Runbook>>([]);

    public Task<Trouble> FindAsync(TimeWindow window, TimeWindow? baseline, string? scope, CancellationToken cancellation) => Task.FromResult(Trouble.None(window));
}

using System.Globalization;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Investigations;
using Copilot.Diagnosis.Windows;
using Copilot.Incidents.Outbox;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Record;
using Copilot.Incidents.Rooms;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Owners;
using Copilot.Store.Investigations;
using Copilot.Store.Ownership;
using Copilot.Store.Retention;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Copilot.Incidents.Tests.Outbox;

/// <summary>The incident room's parts on a real database, as one process holds them.</summary>
internal sealed class IncidentHouse : IOwnership, IRunbooks, IWindowDiagnoser
{
    private static int _days;

    private readonly PostgresFixture _postgres;
    private readonly IRoomPort[] _ports;
    private readonly TimeProvider _time;
    private readonly IPagePort? _pages;

    public IncidentHouse(PostgresFixture postgres, TimeProvider time, params IRoomPort[] ports)
        : this(postgres, time, null, ports) { }

    public IncidentHouse(PostgresFixture postgres, TimeProvider time, IPagePort? pages, params IRoomPort[] ports)
    {
        (this._postgres, this._ports, this._time, this._pages) = (postgres, ports, time, pages);
        Proposals = new ProposalService(
            postgres.Contexts,
            this,
            this,
            this,
            new ServicePlaceReads(postgres.Database),
            time,
            Options,
            pages
        );
        Findings = new InvestigationRepository(new InvestigationStore(postgres.Database));
        Desk = new IncidentService(postgres.Contexts, ports, Options, new CitedTraces(postgres.Database), Changes, Findings, time, pages);
    }

    public static IncidentsOptions Options { get; } = new() { PublicUrl = new Uri("https://copilot.example") };

    public IncidentChanges Changes { get; } = new();

    public ProposalService Proposals { get; }

    public IncidentService Desk { get; }

    public InvestigationRepository Findings { get; }

    /// <summary>The outbox as a process that has just started holds it.</summary>
    public Copilot.Incidents.Outbox.Outbox NewOutbox() =>
        new(
            _postgres.Contexts,
            new StepRunner(_ports, _pages is null ? [] : [_pages]),
            Changes,
            _time,
            NullLogger<Copilot.Incidents.Outbox.Outbox>.Instance
        );

    /// <summary>Does all that is due, as a process that has just started.</summary>
    public async Task DrainAsync()
    {
        var outbox = NewOutbox();
        while (await outbox.RunOneAsync(CancellationToken.None)) { }
    }

    /// <summary>A preview of trouble at a time that no other preview shares.</summary>
    public Task<IncidentProposal> ProposeAsync(string service = "bank") => ProposeAsync(service, NewTime());

    /// <summary>A time that no trouble shares.</summary>
    public static DateTimeOffset NewTime() =>
        DateTimeOffset.Parse("2026-05-05T12:00:00Z", CultureInfo.InvariantCulture).AddDays(Interlocked.Increment(ref _days));

    public Task<IncidentProposal> ProposeAsync(string service, DateTimeOffset from, params string[] reaches) =>
        Proposals.ProposeAsync(
            new WindowDiagnosis
            {
                Window = new TimeWindow(from, from.AddMinutes(15)),
                Causes =
                [
                    new DiagnosedCause
                    {
                        Service = service,
                        Score = 0.9,
                        Kind = CauseKind.Errors,
                        Why = "its error rate rose",
                        TraceIds = ["0123456789abcdef0123456789abcdef"],
                    },
                ],
                Affected =
                [
                    .. reaches
                        .Prepend(service)
                        .Select(name => new ServiceImpact
                        {
                            Service = name,
                            Failing = true,
                            Requests = 100,
                            ErrorRate = 0.2,
                        }),
                ],
            },
            CancellationToken.None
        );

    public Task<OwnershipSnapshot> CurrentAsync(CancellationToken cancellationToken) => Task.FromResult(People.Snapshot);

    public Task<IReadOnlyList<Runbook>> AllAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Runbook>>([]);

    public Task<WindowDiagnosis> FindNowAsync(TimeWindow window, CancellationToken cancellationToken) =>
        FindAsync(window, null, null, cancellationToken);

    public Task<WindowDiagnosis> FindAsync(TimeWindow window, TimeWindow? baseline, string? scope, CancellationToken cancellationToken) =>
        Task.FromResult(WindowDiagnosis.None(window));
}

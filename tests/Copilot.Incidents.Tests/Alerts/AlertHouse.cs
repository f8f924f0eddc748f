using System.Text.Json;
using Copilot.Diagnosis.Alerts;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Investigations;
using Copilot.Diagnosis.Windows;
using Copilot.Incidents.Tests.Outbox;
using Copilot.Store.Investigations;
using Copilot.Store.Reads.Topology;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Copilot.Incidents.Tests.Alerts;

/// <summary>Takes webhooks in one after the other, as the app does, and tells which investigations they led to.</summary>
internal sealed class AlertHouse : IWindowDiagnoser, IDisposable
{
    private readonly AlertIntake _intake;

    public AlertHouse(PostgresFixture postgres, FakeTimeProvider time)
    {
        Time = time;
        Investigations = new InvestigationRepository(new InvestigationStore(postgres.Database));
        _intake = new AlertIntake(
            this,
            Investigations,
            new AlertStore(postgres.Database),
            new AlertedServices(new ServiceReads(postgres.Database), new IncidentHouse(postgres, time)),
            time,
            NullLogger<AlertIntake>.Instance
        );
    }

    public FakeTimeProvider Time { get; }

    public InvestigationRepository Investigations { get; }

    /// <summary>The service that every look finds; null: it finds nothing.</summary>
    public string? Cause { get; set; }

    public List<TimeWindow> Looks { get; } = [];

    public async Task TakeAsync(string source, string json)
    {
        foreach (var alert in Read(source, json, Time.GetUtcNow()))
            await _intake.LookAsync(alert, CancellationToken.None);
    }

    /// <summary>The open ones among those that an alert's title is part of.</summary>
    public async Task<IReadOnlyList<Investigation>> OpenAsync(string title) => [.. (await AllAsync(title)).Where(i => i.IsOpen)];

    public async Task<IReadOnlyList<Investigation>> AllAsync(string title) =>
        [
            .. (await Investigations.LatestAsync(1000, CancellationToken.None)).Where(i =>
                i.Summary.Contains(title, StringComparison.Ordinal)
            ),
        ];

    public static IReadOnlyList<Alert> Read(string source, string json, DateTimeOffset now)
    {
        using var document = JsonDocument.Parse(json);
        return AlertReader.Read(source, document.RootElement, now);
    }

    public Task<WindowDiagnosis> FindAsync(TimeWindow window, TimeWindow? baseline, string? scope, CancellationToken cancellationToken)
    {
        Looks.Add(window);
        return Task.FromResult(
            Cause is null
                ? WindowDiagnosis.None(window)
                : WindowDiagnosis.None(window) with
                {
                    Causes =
                    [
                        new DiagnosedCause
                        {
                            Service = Cause,
                            Score = 0.9,
                            Kind = CauseKind.Errors,
                            Why = "its error rate rose",
                            TraceIds = [],
                        },
                    ],
                }
        );
    }

    public Task<WindowDiagnosis> FindNowAsync(TimeWindow window, CancellationToken cancellationToken) =>
        FindAsync(window, null, null, cancellationToken);

    public void Dispose() => _intake.Dispose();
}

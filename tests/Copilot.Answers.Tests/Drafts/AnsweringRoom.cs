using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Diagnosis;
using Copilot.Incidents;
using Copilot.Language.Questions;
using Copilot.Ownership;
using Copilot.Store;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Copilot.Answers.Tests.Drafts;

/// <summary>The rooms composed as the app composes them, on a fresh database, with plans in place of questions.</summary>
public sealed class AnsweringRoom : IAsyncLifetime
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly PostgresFixture _postgres = new();
    private ServiceProvider? _provider;

    public TelemetryRows Rows { get; private set; } = null!;

    public IServiceProvider Services => _provider!;

    public async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:Copilot"] = _postgres.ConnectionString })
            .Build();
        _provider = new ServiceCollection()
            .AddLogging()
            .AddStore(configuration)
            .AddOwnership(configuration)
            .AddDiagnosis()
            .AddIncidents(configuration)
            .AddAnswers(configuration)
            .BuildServiceProvider();
        await _provider.GetRequiredService<CopilotDatabase>().StartAsync(CancellationToken.None);
        Rows = new TelemetryRows(_postgres.Database, Start);
    }

    public async Task DisposeAsync()
    {
        if (_provider is not null)
            await _provider.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    public Task ClearAsync() => _postgres.ScalarAsync("truncate spans, logs, changes, span_rollup_deltas, metric_points, metric_series");

    /// <summary>A plan about [start + from, start + to), in seconds.</summary>
    public QuestionPlan Plan(QuestionKind kind, double from = 0, double to = 60, params string[] services) =>
        new()
        {
            Kind = kind,
            AsOfNs = UnixNanos.From(Start.AddSeconds(to)),
            Window = PlannedWindow.At(Rows.Window(from, to), "test"),
            Services = [.. services.Select(name => new ServiceReference(name, ServiceStanding.Instrumented, name))],
        };

    public Task<Answer> AnswerAsync(QuestionPlan plan) =>
        _provider!.GetRequiredService<PlanAnswering>().AnswerAsync(plan, "c_test", null, CancellationToken.None);
}

using Copilot.Agent.Answering;
using Copilot.Agent.Answers;
using Copilot.Agent.Questions;
using Copilot.Agent.Questions.Subjects;
using Copilot.Agent.Questions.Windows;
using Copilot.Incidents;
using Copilot.Store;
using Copilot.Telemetry.Time;
using Copilot.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Copilot.Agent.Tests.Answering;

/// <summary>The rooms composed as the app composes them, on a fresh database, with plans in place of questions.</summary>
public sealed class AnsweringRoom : IAsyncLifetime
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly PostgresFixture postgres = new();
    private ServiceProvider? provider;

    public TelemetryRows Rows { get; private set; } = null!;

    public IServiceProvider Services => provider!;

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:Copilot"] = postgres.ConnectionString }).Build();
        provider = new ServiceCollection().AddLogging().AddStore(configuration).AddOwnership(configuration).AddDiagnosis().AddIncidents(configuration).AddAnswers(configuration).BuildServiceProvider();
        await provider.GetRequiredService<CopilotDatabase>().StartAsync(CancellationToken.None);
        Rows = new TelemetryRows(postgres.Database, Start);
    }

    public async Task DisposeAsync()
    {
        if (provider is not null) await provider.DisposeAsync();
        await postgres.DisposeAsync();
    }

    public Task ClearAsync() => postgres.ScalarAsync("truncate spans, logs, changes, span_rollup_deltas");

    /// <summary>A plan about [start + from, start + to), in seconds.</summary>
    public QuestionPlan Plan(QuestionKind kind, double from = 0, double to = 60, params string[] services) => new()
    {
        Kind = kind,
        AsOfNs = UnixNanos.From(Start.AddSeconds(to)),
        Window = PlannedWindow.At(Rows.Window(from, to), "test"),
        Services = [.. services.Select(name => new ServiceReference(name, ServiceStanding.Instrumented, name))],
    };

    public Task<Answer> AnswerAsync(QuestionPlan plan) =>
        provider!.GetRequiredService<PlanAnswering>().AnswerAsync(plan, "c_test", null, CancellationToken.None);
}

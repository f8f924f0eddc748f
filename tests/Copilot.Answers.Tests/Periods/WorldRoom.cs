using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Diagnosis;
using Copilot.Diagnosis.Tests.Windows;
using Copilot.Incidents;
using Copilot.Language.Questions;
using Copilot.Ownership;
using Copilot.Ownership.Sources;
using Copilot.Store;
using Copilot.Store.Reads.Topology;
using Copilot.Telemetry.Records;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Copilot.Answers.Tests.Periods;

/// <summary>A recorded system in a real Postgres, with its catalogue, and the rooms composed over it as the app composes them.</summary>
internal sealed class WorldRoom : IAsyncDisposable
{
    private readonly WorldDatabase _world;
    private readonly ServiceProvider _provider;

    private WorldRoom(WorldDatabase world, ServiceProvider provider) => (_world, _provider) = (world, provider);

    public static async Task<WorldRoom> OpenAsync(string folder, Func<string, bool>? wanted = null)
    {
        var world = await WorldDatabase.ImportAsync(folder, new Dictionary<string, string>(), wanted);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["ConnectionStrings:Copilot"] = world.Postgres.ConnectionString,
                    ["Catalog:Folders:0"] = folder,
                    // What is right is tested here, not how long a busy machine takes for it.
                    ["Store:Queries:MaxTime"] = "00:10:00",
                }
            )
            .Build();
        var provider = new ServiceCollection()
            .AddLogging()
            .AddStore(configuration)
            .AddOwnership(configuration)
            .AddDiagnosis()
            .AddIncidents(configuration)
            .AddAnswers(configuration)
            .BuildServiceProvider();
        await provider.GetRequiredService<CopilotDatabase>().StartAsync(CancellationToken.None);
        await provider.GetRequiredService<CatalogRefresh>().RunAsync(CancellationToken.None);
        return new WorldRoom(world, provider);
    }

    /// <summary>A question that names no time.</summary>
    public static QuestionPlan Plan(QuestionKind kind, DateTimeOffset asOf, params ServiceReference[] services) =>
        new()
        {
            Kind = kind,
            AsOfNs = UnixNanos.From(asOf),
            Window = PlannedWindow.At(new TimeWindow(asOf.AddMinutes(-15), asOf), PlannedWindow.FromDefault),
            Services = services,
        };

    public Task<Answer> AnswerAsync(QuestionPlan plan) =>
        _provider.GetRequiredService<PlanAnswering>().AnswerAsync(plan, "c_test", null, CancellationToken.None);

    public Task<IReadOnlyList<string>> ServicesAsync() => _provider.GetRequiredService<ServiceReads>().NamesAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _world.DisposeAsync();
    }
}

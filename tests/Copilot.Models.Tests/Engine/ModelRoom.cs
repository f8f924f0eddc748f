using Copilot.Answers;
using Copilot.Answers.Contract;
using Copilot.Answers.Tests.Drafts;
using Copilot.Diagnosis;
using Copilot.Incidents;
using Copilot.Models.Tests.Doubles;
using Copilot.Ownership;
using Copilot.Store;
using Copilot.Store.Conversations;
using Copilot.Telemetry.Spans;
using Copilot.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Copilot.Models.Tests.Engine;

/// <summary>A small shop with one failing service and hostile texts in its telemetry, and a copilot whose model is a double.</summary>
public sealed class ModelRoom : IAsyncLifetime
{
    private readonly PostgresFixture _postgres = new();

    public static readonly DateTimeOffset AsOf = AnsweringRoom.Start.AddSeconds(240);

    /// <summary>The configuration in which no model answers.</summary>
    public static IReadOnlyDictionary<string, string?> NoModel { get; } = new Dictionary<string, string?>();

    public TelemetryRows Rows { get; private set; } = null!;

    public TraceId FirstFailed { get; private set; }

    public async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        Rows = new TelemetryRows(_postgres.Database, AnsweringRoom.Start);
        for (var i = 0; i < 240; i++)
        {
            var bad = i >= 120 && i % 2 == 0;
            var root = await Rows.SpanAsync("web", "GET /", i, 30 + (i % 7), failed: bad);
            var call = await Rows.SpanAsync("web", "POST", i, 20, root, SpanKind.Client, failed: bad, serverAddress: "pay.internal");
            await Rows.SpanAsync(
                "pay",
                "charge",
                i,
                10 + (i % 5),
                call,
                failed: bad,
                attributes: new Dictionary<string, object> { ["currency"] = bad ? "CHF" : "EUR" }
            );
            if (bad && FirstFailed.IsEmpty)
                FirstFailed = root.TraceId;
        }

        await Rows.ChangeAsync("pay", 119, "deploy", "2.0", "pay 2.0");
        // What follows telemetry's dictionaries is a pass of its own in the app; here the test writes what it would.
        await _postgres.ScalarAsync(
            """
            insert into attribute_keys (level, key, service_id, type, entry, last_seen_ns)
            select 'span', key, id, 'string', true, 1 from services, unnest(array['currency', 'note']) key where name = 'pay'
            """
        );
    }

    public Task DisposeAsync() => _postgres.DisposeAsync();

    /// <summary>Runs one statement.</summary>
    public Task<object?> SqlAsync(string sql) => _postgres.ScalarAsync(sql);

    /// <summary>Asks a copilot whose model is a double.</summary>
    public Task<Answer> AskAsync(ChatDouble model, string question, string? conversation = null) =>
        AskAsync(model.Settings, question, AnswerEngine.Model, conversation);

    /// <summary>Asks a copilot of a configuration; an empty one: no model is configured.</summary>
    public async Task<Answer> AskAsync(
        IReadOnlyDictionary<string, string?> settings,
        string question,
        AnswerEngine engine = AnswerEngine.Model,
        string? conversation = null,
        string asker = "anonymous"
    )
    {
        await using var provider = await ComposeAsync(settings);
        return await provider
            .GetRequiredService<ICopilot>()
            .AskAsync(Request(question, engine, conversation) with { Asker = asker }, CancellationToken.None);
    }

    public async Task<List<AnswerPart>> AskInPartsAsync(ChatDouble model, string question)
    {
        await using var provider = await ComposeAsync(model.Settings);
        var parts = new List<AnswerPart>();
        await foreach (
            var part in provider
                .GetRequiredService<ICopilot>()
                .AskInPartsAsync(Request(question, AnswerEngine.Model, null), CancellationToken.None)
        )
            parts.Add(part);
        return parts;
    }

    private static AskRequest Request(string question, AnswerEngine engine, string? conversation) =>
        new()
        {
            Question = question,
            AsOf = AsOf,
            Engine = engine,
            ConversationId = conversation,
        };

    /// <summary>The whole room of the agent on this shop's store.</summary>
    public async Task<ServiceProvider> ComposeAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings)
            .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:Copilot"] = _postgres.ConnectionString })
            .Build();
        var provider = new ServiceCollection()
            .AddLogging()
            .AddStore(configuration)
            .AddOwnership(configuration)
            .AddDiagnosis()
            .AddIncidents(configuration)
            .AddAnswers(configuration)
            .AddModels(configuration)
            .BuildServiceProvider();
        await provider.GetRequiredService<CopilotDatabase>().StartAsync(CancellationToken.None);
        return provider;
    }
}

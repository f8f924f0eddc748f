using System.Text.Json;
using Copilot.Answers.Contract;
using Copilot.Answers.Conversations;
using Copilot.Diagnosis;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Investigations;
using Copilot.Diagnosis.Windows;
using Copilot.Incidents;
using Copilot.Incidents.Outbox;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Record;
using Copilot.Ownership;
using Copilot.Ownership.Sources;
using Copilot.Slack.Inbound;
using Copilot.Slack.Rooms;
using Copilot.Slack.Tests.Double;
using Copilot.Store;
using Copilot.Store.Server;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;

namespace Copilot.Slack.Tests.Inbound;

/// <summary>The incident and Slack rooms as the app composes them, on a real database and the Slack double.</summary>
internal sealed class SlackHouse : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private SlackHouse(ServiceProvider services, SlackDouble slack, FakeCopilot copilot) =>
        (this._services, Slack, Copilot) = (services, slack, copilot);

    public SlackDouble Slack { get; }

    public FakeCopilot Copilot { get; }

    public ConversationStore Conversations => _services.GetRequiredService<ConversationStore>();

    public IDeliveries Deliveries => _services.GetRequiredService<IDeliveries>();

    private SlackInbox Inbox => _services.GetRequiredService<SlackInbox>();

    public Task LookForScopesAsync() =>
        _services.GetServices<IHostedService>().OfType<ScopeWatch>().Single().LookAsync(CancellationToken.None);

    public IIncidents Incidents => _services.GetRequiredService<IIncidents>();

    public InvestigationRepository Investigations => _services.GetRequiredService<InvestigationRepository>();

    /// <summary>What is wrong, in whatever window.</summary>
    public Task<WindowDiagnosis> DiagnoseAsync(TimeWindow window) =>
        _services.GetRequiredService<IWindowDiagnoser>().FindNowAsync(window, CancellationToken.None);

    public IncidentChanges Changes => _services.GetRequiredService<IncidentChanges>();

    public static async Task<SlackHouse> StartAsync(
        PostgresFixture postgres,
        string? appToken = null,
        string? mayCreate = null,
        Action<SlackDouble>? prepare = null,
        string? findings = null
    )
    {
        var slack = await SlackDouble.StartAsync();
        prepare?.Invoke(slack);
        slack.Workspace.Users.AddRange(MoneyTeam.Users);
        var settings = new Dictionary<string, string?>
        {
            ["Slack:BotToken"] = SlackDouble.BotToken,
            ["Slack:AppToken"] = appToken,
            ["Slack:ApiUrl"] = slack.Url.AbsoluteUri,
            ["PagerDuty:RoutingKey"] = "0123456789abcdef0123456789abcdef",
            ["Incidents:PublicUrl"] = "https://copilot.example",
            ["Slack:FindingsChannel"] = findings,
        };
        if (mayCreate is not null)
            settings["Slack:MayCreate:0"] = mayCreate;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var copilot = new FakeCopilot();
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton(TimeProvider.System);
        collection.AddSingleton(postgres.Database);
        collection.AddSingleton<InstanceLead>();
        collection.AddSingleton<IDbContextFactory<CopilotContext>>(postgres.Contexts);
        collection.AddReads();
        collection.AddOwnership(configuration).AddDiagnosis().AddIncidents(configuration);
        collection.AddSlack(configuration);
        collection.AddSingleton<ICopilot>(copilot);
        collection.AddSingleton<ConversationStore>();
        collection.AddSingleton<IWindowDiagnoser>(new BankTrouble());
        var house = new SlackHouse(collection.BuildServiceProvider(), slack, copilot);
        await house._services.GetRequiredService<CatalogIntake>().PutAsync([MoneyTeam.Catalog], CancellationToken.None);
        foreach (var service in house._services.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        return house;
    }

    public Task<SlackReply> CommandAsync(IReadOnlyDictionary<string, StringValues> form) =>
        Inbox.TakeCommandAsync(form, CancellationToken.None);

    public Task<SlackReply> EventAsync(JsonElement body) => Inbox.TakeEventAsync(body, CancellationToken.None);

    public Task<SlackReply> InteractionAsync(JsonElement payload) => Inbox.TakeInteractionAsync(payload, CancellationToken.None);

    public Task<IncidentProposal> ProposeAsync(DateTimeOffset from) =>
        _services.GetRequiredService<IProposals>().ProposeAsync(new TimeWindow(from, from.AddMinutes(15)), null, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
            await service.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        await Slack.DisposeAsync();
    }

    private sealed class BankTrouble : IWindowDiagnoser
    {
        public Task<WindowDiagnosis> FindNowAsync(TimeWindow window, CancellationToken cancellationToken) =>
            FindAsync(window, null, null, cancellationToken);

        public Task<WindowDiagnosis> FindAsync(
            TimeWindow window,
            TimeWindow? baseline,
            string? scope,
            CancellationToken cancellationToken
        ) =>
            Task.FromResult(
                new WindowDiagnosis
                {
                    Window = window,
                    Causes =
                    [
                        new DiagnosedCause
                        {
                            Service = "bank",
                            Score = 0.9,
                            Kind = CauseKind.Errors,
                            Why = "its error rate rose <!channel>",
                        },
                    ],
                    Affected =
                    [
                        new ServiceImpact
                        {
                            Service = "bank",
                            Failing = true,
                            Requests = 100,
                            ErrorRate = 0.2,
                        },
                    ],
                }
            );
    }
}

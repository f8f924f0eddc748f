using System.Text.Json;
using Copilot.Agent.Answers;
using Copilot.Incidents.Catalog;
using Copilot.Incidents.Deliveries;
using Copilot.Incidents.Desk;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Troubles;
using Copilot.Incidents;
using Copilot.Slack.Inbound;
using Copilot.Slack.Tests.Double;
using Copilot.Store;
using Copilot.Store.Reads;
using Copilot.Telemetry.Time;
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
    private readonly ServiceProvider services;

    private SlackHouse(ServiceProvider services, SlackDouble slack, FakeCopilot copilot) => (this.services, Slack, Copilot) = (services, slack, copilot);

    public SlackDouble Slack { get; }

    public FakeCopilot Copilot { get; }

    public IDeliveries Deliveries => services.GetRequiredService<IDeliveries>();

    private SlackInbox Inbox => services.GetRequiredService<SlackInbox>();

    public IIncidents Incidents => services.GetRequiredService<IIncidents>();

    public IncidentChanges Changes => services.GetRequiredService<IncidentChanges>();

    public static async Task<SlackHouse> StartAsync(PostgresFixture postgres, string? appToken = null, string? mayCreate = null, Action<SlackDouble>? prepare = null)
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
        };
        if (mayCreate is not null)
            settings["Slack:MayCreate:0"] = mayCreate;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var copilot = new FakeCopilot();
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton(TimeProvider.System);
        collection.AddSingleton(postgres.Database);
        collection.AddSingleton<IDbContextFactory<CopilotContext>>(postgres.Contexts);
        collection.AddReads();
        collection.AddOwnership(configuration).AddDiagnosis().AddIncidents(configuration);
        collection.AddSlack(configuration);
        collection.AddSingleton<ICopilot>(copilot);
        collection.AddSingleton<ITroubleFinder>(new BankTrouble());
        var house = new SlackHouse(collection.BuildServiceProvider(), slack, copilot);
        await house.services.GetRequiredService<CatalogIntake>().PutAsync([MoneyTeam.Catalog], CancellationToken.None);
        foreach (var service in house.services.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        return house;
    }

    public Task<SlackReply> CommandAsync(IReadOnlyDictionary<string, StringValues> form) => Inbox.TakeCommandAsync(form, CancellationToken.None);

    public Task<SlackReply> EventAsync(JsonElement body) => Inbox.TakeEventAsync(body, CancellationToken.None);

    public Task<SlackReply> InteractionAsync(JsonElement payload) => Inbox.TakeInteractionAsync(payload, CancellationToken.None);

    public Task<IncidentProposal> ProposeAsync(DateTimeOffset from) =>
        services.GetRequiredService<IProposals>().ProposeAsync(new TimeWindow(from, from.AddMinutes(15)), null, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        foreach (var service in services.GetServices<IHostedService>().Reverse())
            await service.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
        await Slack.DisposeAsync();
    }

    private sealed class BankTrouble : ITroubleFinder
    {
        public Task<Trouble> FindAsync(TimeWindow window, TimeWindow? baseline, string? scope, CancellationToken cancellation) => Task.FromResult(new Trouble
        {
            Window = window,
            Causes = [new TroubleCause { Service = "bank", Score = 0.9, Kind = "errors", Why = "its error rate rose <!channel>" }],
            Affected = [new TroubleService { Service = "bank", Failing = true, Requests = 100, ErrorRate = 0.2 }],
        });
    }
}

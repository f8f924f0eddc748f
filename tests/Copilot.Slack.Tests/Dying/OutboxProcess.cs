using Copilot.Diagnosis;
using Copilot.Incidents;
using Copilot.Incidents.Tests.Rooms;
using Copilot.Ownership;
using Copilot.Slack.Tests.Double;
using Copilot.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Copilot.Slack.Tests.Dying;

/// <summary>A process of its own that works the outbox off and ends: what the tests kill.</summary>
internal static class OutboxProcess
{
    /// <param name="arguments">The database's connection string, the Web API's address, and where pages are sent.</param>
    public static async Task<int> Main(string[] arguments)
    {
        await using var services = await ComposeAsync(arguments[0], arguments[1], arguments[2]);
        var outbox = services.GetRequiredService<Copilot.Incidents.Outbox.Outbox>();
        await outbox.ReleaseOfTheDeadAsync(CancellationToken.None);
        while (await outbox.RunOneAsync(CancellationToken.None)) { }

        return 0;
    }

    /// <summary>The incident and Slack rooms without anything that runs by itself.</summary>
    public static async Task<ServiceProvider> ComposeAsync(string connection, string slackUrl, string eventsUrl)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["ConnectionStrings:Copilot"] = connection,
                    ["Slack:BotToken"] = SlackDouble.BotToken,
                    ["Slack:ApiUrl"] = slackUrl,
                    ["PagerDuty:EventsUrl"] = eventsUrl,
                    ["PagerDuty:RoutingKey"] = PagerDutyDouble.Key,
                    ["Incidents:PublicUrl"] = "https://copilot.example",
                }
            )
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddStore(configuration);
        services.AddOwnership(configuration).AddDiagnosis().AddIncidents(configuration);
        services.AddSlack(configuration);
        var made = services.BuildServiceProvider();
        await made.GetRequiredService<CopilotDatabase>().StartAsync(CancellationToken.None);
        return made;
    }
}

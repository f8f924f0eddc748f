using Copilot.Incidents.Rooms;
using Copilot.Slack.Api;
using Copilot.Slack.Rooms;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Copilot.Slack;

public static class SlackRegistration
{
    // Shorter than the outbox's lease, so that a call always ends before another worker may take the step.
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(20);

    /// <summary>Slack as a place to ask and a place for incident rooms; adds nothing where no bot token is set. Needs incidents and the agent.</summary>
    public static IServiceCollection AddSlack(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Slack").Get<SlackOptions>() ?? new SlackOptions();
        services.AddSingleton(options);
        if (!options.IsOn)
            return services;
        services.AddHttpClient<SlackApi>(client => client.Timeout = LongestCall);
        services.AddSingleton<SlackSelf>();
        services.AddSingleton<SlackGuests>();
        services.AddSingleton<IRoomPort, SlackRoom>();
        return services;
    }
}

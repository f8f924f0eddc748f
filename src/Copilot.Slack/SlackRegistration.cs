using Copilot.Diagnosis.Investigations;
using Copilot.Incidents.Rooms;
using Copilot.Slack.Api;
using Copilot.Slack.Conversing;
using Copilot.Slack.Inbound;
using Copilot.Slack.Rooms;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Copilot.Slack;

public static class SlackRegistration
{
    /// <summary>Slack as a place to ask and a place for incident rooms; only its options where no bot token is set. Needs incidents and the
    /// agent.</summary>
    public static IServiceCollection AddSlack(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Slack").Get<SlackOptions>() ?? new SlackOptions();
        services.AddSingleton(options);
        if (!options.IsOn)
            return services;
        // Its addresses may answer for people (response_url), so they are not logged.
        // A redirect is not followed: it could take the token to another host.
        services
            .AddHttpClient<SlackApi>(client => client.Timeout = SlackPatience.Call)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        services.AddSingleton<SlackSelf>();
        services.AddSingleton<SlackGuests>();
        services.AddSingleton<SlackPosts>();
        services.AddSingleton<SlackPeople>();
        services.AddSingleton<ChannelNames>();
        services.AddSingleton<FindingPosts>();
        services.AddSingleton<SlackInvestigations>();
        services.AddSingleton<IInvestigationChannel>(provider => provider.GetRequiredService<SlackInvestigations>());
        services.AddSingleton<IRoomPort, SlackRoom>();
        services.AddSingleton<SlackAsker>();
        services.AddSingleton<IncidentCommands>();
        services.AddSingleton<AlertQuestions>();
        services.AddSingleton<CommandHandler>();
        services.AddSingleton<MentionHandler>();
        services.AddSingleton<AnswerActions>();
        services.AddSingleton<SlackReplies>();
        services.AddSingleton<RoomReports>();
        services.AddSingleton<ResolveModal>();
        services.AddSingleton<IncidentDialog>();
        services.AddSingleton<SlackInbox>();
        services.AddHostedService<SlackWorker>();
        services.AddHostedService<RoomKeeper>();
        services.AddHostedService<ScopeWatch>();
        if (!string.IsNullOrWhiteSpace(options.AppToken))
            services.AddHostedService<SlackSocket>();
        return services;
    }
}

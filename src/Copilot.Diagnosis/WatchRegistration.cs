using Copilot.Diagnosis.Watch;
using Copilot.Store.Rollups;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Copilot.Diagnosis;

public static class WatchRegistration
{
    /// <summary>Watches by itself and suggests investigations. Needs the store and incidents. Settings: section <c>Watch</c>.</summary>
    public static IServiceCollection AddWatch(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Watch").Get<WatchOptions>() ?? new WatchOptions());
        services.AddSingleton<TrafficReads>();
        services.AddSingleton<MinuteCheck>();
        services.AddSingleton<Watcher>();
        services.AddHostedService<WatchService>();
        return services;
    }
}

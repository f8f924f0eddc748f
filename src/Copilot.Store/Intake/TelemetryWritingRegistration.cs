using Copilot.Store.Catalogue;
using Copilot.Store.Retention;
using Copilot.Store.Rollups;
using Copilot.Store.Status;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Copilot.Store.Intake;

internal static class TelemetryWritingRegistration
{
    public static IServiceCollection AddTelemetryWriting(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Retention").Get<RetentionOptions>() ?? new RetentionOptions());
        services.AddSingleton<TelemetryPartitions>().AddSingleton<Distillation>().AddSingleton<RetentionUpkeep>().AddSingleton<CitedTraces>();
        services.AddSingleton<StoreStatusReads>().AddSingleton<ThinnedHours>().AddSingleton<RequestRollups>();
        services.AddSingleton<ITelemetryWriter, TelemetryWriter>();
        services.AddSingleton<EdgeUpkeep>().AddSingleton<ITelemetryCatchUp>(provider => provider.GetRequiredService<EdgeUpkeep>());
        services.AddSingleton<CatalogueUpkeep>().AddSingleton<ITelemetryCatchUp>(provider => provider.GetRequiredService<CatalogueUpkeep>());
        services.AddSingleton<RollupCompaction>().AddSingleton<ITelemetryCatchUp>(provider => provider.GetRequiredService<RollupCompaction>());
        return services.AddHostedService<TelemetryFollower>();
    }
}

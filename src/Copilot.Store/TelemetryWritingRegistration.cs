using Copilot.Store.AttributeIndexing;
using Copilot.Store.Deletion;
using Copilot.Store.Intake;
using Copilot.Store.Retention;
using Copilot.Store.Rollups;
using Copilot.Store.Writers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Copilot.Store;

internal static class TelemetryWritingRegistration
{
    public static IServiceCollection AddTelemetryWriting(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Retention").Get<RetentionOptions>() ?? new RetentionOptions());
        services
            .AddSingleton<TelemetryPartitions>()
            .AddSingleton<Distillation>()
            .AddSingleton<RetentionMaintenance>()
            .AddSingleton<CitedTraces>();
        services
            .AddSingleton<StoreEstimates>()
            .AddSingleton<StoreStatusReads>()
            .AddSingleton<ThinnedHours>()
            .AddSingleton<RequestRollups>();
        services.AddSingleton<TelemetryWriter>().AddSingleton<ITelemetryWriter>(provider => provider.GetRequiredService<TelemetryWriter>());
        services.AddSingleton<Deletions>().AddSingleton<DeletionPreviews>().AddHostedService<DeletionService>();
        services
            .AddSingleton<EdgeMaintenance>()
            .AddSingleton<ITelemetryCatchUp>(provider => provider.GetRequiredService<EdgeMaintenance>());
        services
            .AddSingleton<AttributeIndexUpdater>()
            .AddSingleton<ITelemetryCatchUp>(provider => provider.GetRequiredService<AttributeIndexUpdater>());
        services
            .AddSingleton<RollupCompaction>()
            .AddSingleton<ITelemetryCatchUp>(provider => provider.GetRequiredService<RollupCompaction>());
        return services.AddHostedService<TelemetryFollower>();
    }
}

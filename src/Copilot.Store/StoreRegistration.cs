using Copilot.Store.AttributeIndexing;
using Copilot.Store.Commands;
using Copilot.Store.Conversations;
using Copilot.Store.Instrumentation;
using Copilot.Store.Intake;
using Copilot.Store.Reads.Errors;
using Copilot.Store.Reads.Logs;
using Copilot.Store.Reads.Metrics;
using Copilot.Store.Reads.Requests;
using Copilot.Store.Reads.Tables;
using Copilot.Store.Reads.Topology;
using Copilot.Store.Reads.Traces;
using Copilot.Store.Rollups;
using Copilot.Store.Server;
using Copilot.Store.Traceql;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Copilot.Store;

public static class StoreRegistration
{
    /// <summary>The database and everything that reads and writes it. Call it before other rooms: it starts first and stops last.</summary>
    public static IServiceCollection AddStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(Options(configuration));
        services.AddSingleton<CopilotDatabase>();
        services.AddSingleton<InstanceLead>();
        services.AddHostedService<StoreService>();
        services.AddSingleton<IDbContextFactory<CopilotContext>, CopilotContextFactory>();
        services.AddSingleton<ChangeLog>();
        services.AddSingleton<ConversationSearch>();
        services.AddSingleton<ITelemetryCatchUp, PlannerStatistics>();
        services.AddTelemetryWriting(configuration);
        // Once more after the passes, which fill tables of their own.
        services.AddSingleton<ITelemetryCatchUp, PlannerStatistics>();
        services.AddSingleton(configuration.GetSection("Store:Queries").Get<QueryBudget>() ?? new QueryBudget());
        services.AddSingleton<TraceQlReads>();
        services.AddSingleton<AttributeReads>();
        return services.AddReads();
    }

    /// <summary>Where the telemetry lives, by the configuration.</summary>
    public static StoreOptions Options(IConfiguration configuration)
    {
        var options = configuration.GetSection("Store").Get<StoreOptions>() ?? new StoreOptions();
        return options with { ConnectionString = configuration.GetConnectionString("Copilot") ?? options.ConnectionString };
    }
}

/// <summary>Starts the database before anything that needs it, and stops it after.</summary>
internal sealed class StoreService(CopilotDatabase database, InstanceLead lead) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => database.StartAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await lead.EndAsync();
        await database.StopAsync();
    }
}

/// <summary>Registers the typed reads over what has been received.</summary>
public static class ReadsRegistration
{
    public static IServiceCollection AddReads(this IServiceCollection services) =>
        services
            .AddSingleton<RequestReads>()
            .AddSingleton<TraceReads>()
            .AddSingleton<TraceDetailReads>()
            .AddSingleton<TelemetryExport>()
            .AddSingleton<TopologyReads>()
            .AddSingleton<PeerHealthReads>()
            .AddSingleton<LogReads>()
            .AddSingleton<LogTableReads>()
            .AddSingleton<ErrorReads>()
            .AddSingleton<MetricTableReads>()
            .AddSingleton<ChangeReads>()
            .AddSingleton<ServiceReads>()
            .AddSingleton<BreakdownReads>()
            .AddSingleton<SpanAttributeReads>()
            .AddSingleton<SpanTableReads>()
            .AddSingleton<SpanListReads>()
            .AddSingleton<AttributeIndexReads>()
            .AddSingleton<ServiceOverviewReads>()
            .AddSingleton<CallMapReads>()
            .AddSingleton<RequestRollups>()
            .AddSingleton<PresenceReads>()
            .AddSingleton<CallSideReads>()
            .AddSingleton<DeclaredWorkloads>()
            .AddSingleton<InstrumentationSteps>();
}

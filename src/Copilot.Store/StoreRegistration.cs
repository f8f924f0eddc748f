using Copilot.Store.Changes;
using Copilot.Store.Conversations;
using Copilot.Store.Intake;
using Copilot.Store.Reads;
using Copilot.Store.Traceql;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Copilot.Store;

public static class StoreRegistration
{
    /// <summary>The database and everything that reads and writes it. Call it before other rooms: it starts first and stops last.</summary>
    public static IServiceCollection AddStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(Options(configuration));
        services.AddSingleton<CopilotDatabase>();
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

    private static StoreOptions Options(IConfiguration configuration)
    {
        var options = configuration.GetSection("Store").Get<StoreOptions>() ?? new StoreOptions();
        return options with { ConnectionString = configuration.GetConnectionString("Copilot") ?? options.ConnectionString };
    }
}

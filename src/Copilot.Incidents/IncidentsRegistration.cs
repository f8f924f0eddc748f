using Copilot.Incidents.Outbox;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Record;
using Copilot.Incidents.Rooms;
using Copilot.Ownership.Owners;
using Copilot.Ownership.Sources;
using Copilot.Store.Retention;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Copilot.Incidents;

public static class IncidentsRegistration
{
    /// <summary>Proposals, incidents, their guide and the room in the app. Needs the store, ownership and diagnosis.</summary>
    public static IServiceCollection AddIncidents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Incidents").Get<IncidentsOptions>() ?? new IncidentsOptions());
        services.AddSingleton<IPagePort>(provider => new PagerDutyPages(
            OutsideHttp.Client(),
            provider.GetRequiredService<PagerDutyOptions>(),
            provider.GetRequiredService<IOwnership>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.TryAddSingleton<CitedTraces>();
        services.AddSingleton<IProposals, ProposalService>();
        services.AddHostedService<ProposalCleanup>();
        services.AddSingleton<IIncidents, IncidentService>();
        services.AddSingleton<IDeliveries, DeliveryStore>();
        services.AddSingleton<IThreads, ThreadStore>();
        services.AddSingleton<IncidentHistory>();
        services.AddSingleton<RecoveryReader>();
        services.AddSingleton<IncidentInvestigations>();
        services.AddSingleton<IncidentReminders>();
        services.AddHostedService<IncidentRounds>();
        services.AddSingleton<IncidentChanges>();
        services.AddSingleton<StepRunner>();
        services.AddSingleton<Copilot.Incidents.Outbox.Outbox>();
        services.AddHostedService<OutboxWorker>();
        return services;
    }
}

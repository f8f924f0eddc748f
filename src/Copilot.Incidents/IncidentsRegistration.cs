using Copilot.Incidents.Alerts;
using Copilot.Incidents.Catalog;
using Copilot.Incidents.Catalog.Sources;
using Copilot.Incidents.Deliveries;
using Copilot.Incidents.Desk;
using Copilot.Incidents.Findings;
using Copilot.Incidents.Investigations;
using Copilot.Incidents.Outbox;
using Copilot.Incidents.Ownership;
using Copilot.Incidents.Paging;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Recovery;
using Copilot.Incidents.Runbooks;
using Copilot.Incidents.Troubles;
using Copilot.Incidents.Windows;
using Copilot.Store.Ownership;
using Copilot.Store.Retention;
using Copilot.Store.Rollups;
using Copilot.Store.Samples;
using Copilot.Store.Suggestions;
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
            OutsideHttp.Client(), provider.GetRequiredService<PagerDutyOptions>(), provider.GetRequiredService<IOwnership>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<CitedTraces>();
        services.AddSingleton<IProposals, ProposalDesk>();
        services.AddHostedService<ProposalUpkeep>();
        services.AddSingleton<IIncidents, IncidentDesk>();
        services.AddSingleton<IDeliveries, DeliveryDesk>();
        services.AddSingleton<IThreads, ThreadDesk>();
        services.AddSingleton<IncidentHistory>();
        services.AddSingleton<IncidentFindings>();
        services.AddHostedService(provider => provider.GetRequiredService<IncidentFindings>());
        services.AddSingleton<IncidentChanges>();
        services.AddSingleton<StepRunner>();
        services.AddSingleton<Outbox.Outbox>();
        services.AddHostedService<OutboxWorker>();
        return services;
    }
}

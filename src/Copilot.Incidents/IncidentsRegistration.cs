using Copilot.Incidents.Alerts;
using Copilot.Incidents.Catalog;
using Copilot.Incidents.Desk;
using Copilot.Incidents.Findings;
using Copilot.Incidents.Investigations;
using Copilot.Incidents.Outbox;
using Copilot.Incidents.Ownership;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Runbooks;
using Copilot.Incidents.Troubles;
using Copilot.Store.Ownership;
using Copilot.Store.Samples;
using Copilot.Store.Suggestions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Copilot.Incidents;

public static class IncidentsRegistration
{
    /// <summary>Owners, proposals, incidents and the room in the app. Needs the store.</summary>
    public static IServiceCollection AddIncidents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<DeclaredOwnerReads>();
        services.AddSingleton<ServicePlaceReads>();
        services.AddSingleton<CatalogIntake>();
        services.AddSingleton<CatalogOwnership>();
        services.AddSingleton<IOwnership>(provider => provider.GetRequiredService<CatalogOwnership>());
        services.AddSingleton<IRunbooks>(provider => provider.GetRequiredService<CatalogOwnership>());
        services.AddSingleton(configuration.GetSection("Incidents").Get<IncidentsOptions>() ?? new IncidentsOptions());
        services.AddSingleton<IProposals, ProposalDesk>();
        services.AddSingleton<IIncidents, IncidentDesk>();
        services.AddSingleton<IncidentChanges>();
        services.AddSingleton<StepRunner>();
        services.AddSingleton<Outbox.Outbox>();
        services.AddHostedService<OutboxWorker>();
        services.AddSingleton<SuggestionStore>();
        services.AddSingleton<TellingStore>();
        services.AddSingleton<FindingBoard>();
        services.AddHostedService<FindingHerald>();
        services.AddSingleton<AlertDesk>();
        services.AddHostedService(provider => provider.GetRequiredService<AlertDesk>());
        services.AddInvestigations();
        return services;
    }

    /// <summary>Who is affected and where it starts.</summary>
    private static void AddInvestigations(this IServiceCollection services)
    {
        services.AddSingleton<SampleReads>();
        services.AddSingleton<SampleLogReads>();
        services.AddSingleton<SampleMetricReads>();
        services.AddSingleton<SampleNames>();
        services.AddSingleton<ServiceMinuteReads>();
        services.AddSingleton(new InvestigationOptions());
        services.AddSingleton<Investigator>();
        services.AddSingleton<ITroubleFinder, TroubleFinder>();
    }
}

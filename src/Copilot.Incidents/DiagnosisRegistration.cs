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

public static class DiagnosisRegistration
{
    /// <summary>Who is affected, where it starts, and the investigations that were opened. Needs the store and ownership.</summary>
    public static IServiceCollection AddDiagnosis(this IServiceCollection services)
    {
        services.AddSingleton<RecoveryReader>();
        services.AddSingleton<SuggestionStore>();
        services.AddSingleton<TellingStore>();
        services.AddSingleton<FindingBoard>();
        services.AddHostedService<FindingHerald>();
        services.AddSingleton<AlertDesk>();
        services.AddHostedService(provider => provider.GetRequiredService<AlertDesk>());
        services.AddSingleton<SampleReads>();
        services.AddSingleton<SampleLogReads>();
        services.AddSingleton<SampleMetricReads>();
        services.AddSingleton<SampleNames>();
        services.AddSingleton<ServiceMinuteReads>();
        services.AddSingleton<ServiceCountReads>();
        services.AddSingleton<WorseServices>();
        services.AddSingleton(new InvestigationOptions());
        services.AddSingleton<Investigator>();
        services.AddSingleton<TrafficReads>();
        services.AddHostedService<FirstLooks>();
        services.AddSingleton<ITroubleFinder, TroubleFinder>();
        return services;
    }
}

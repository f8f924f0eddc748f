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
    /// <summary>Owners, proposals, incidents and the room in the app. Needs the store.</summary>
    public static IServiceCollection AddIncidents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<DeclaredOwnerReads>();
        services.AddSingleton<ServicePlaceReads>();
        services.AddSingleton<CatalogIntake>();
        services.AddCatalogSources(configuration);
        services.AddSingleton<CatalogOwnership>();
        services.AddSingleton<IOwnership>(provider => provider.GetRequiredService<CatalogOwnership>());
        services.AddSingleton<IRunbooks>(provider => provider.GetRequiredService<CatalogOwnership>());
        services.AddSingleton(configuration.GetSection("Incidents").Get<IncidentsOptions>() ?? new IncidentsOptions());
        services.AddSingleton(configuration.GetSection("PagerDuty").Get<PagerDutyOptions>() ?? new PagerDutyOptions());
        services.AddSingleton<IPagePort>(provider => new PagerDutyPages(
            OutsideHttp(), provider.GetRequiredService<PagerDutyOptions>(), provider.GetRequiredService<IOwnership>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<CitedTraces>();
        services.AddSingleton<IProposals, ProposalDesk>();
        services.AddHostedService<ProposalUpkeep>();
        services.AddSingleton<IIncidents, IncidentDesk>();
        services.AddSingleton<IDeliveries, DeliveryDesk>();
        services.AddSingleton<IThreads, ThreadDesk>();
        services.AddSingleton<IncidentHistory>();
        services.AddSingleton<IncidentFindings>();
        services.AddHostedService(provider => provider.GetRequiredService<IncidentFindings>());
        services.AddSingleton<RecoveryReader>();
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

    private static void AddCatalogSources(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Catalog").Get<CatalogOptions>() ?? new CatalogOptions();
        services.AddSingleton(options);
        foreach (var folder in options.Folders)
            services.AddSingleton<ICatalogSource>(new FolderSource(folder));
        if (options.BackstageUrl is { } backstage)
            services.AddSingleton<ICatalogSource>(_ => new BackstageSource(OutsideHttp(), backstage, options.BackstageToken));
        if (!string.IsNullOrWhiteSpace(configuration["PagerDuty:ApiToken"]))
        {
            services.AddSingleton<ICatalogSource>(provider => new PagerDutySource(
                OutsideHttp(), provider.GetRequiredService<PagerDutyOptions>(), provider.GetRequiredService<TimeProvider>()));
        }

        services.AddSingleton<CatalogRefresh>();
        services.AddHostedService(provider => provider.GetRequiredService<CatalogRefresh>());
    }

    // Shorter than the outbox's lease, so that a call always ends before another worker may take the step.
    private static HttpClient OutsideHttp() =>
        new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Who is affected and where it starts.</summary>
    private static void AddInvestigations(this IServiceCollection services)
    {
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
    }
}

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

public static class OwnershipRegistration
{
    /// <summary>Who owns what and who is on call, from files, Backstage and PagerDuty. Needs the store. Sections <c>Catalog</c> and <c>PagerDuty</c>.</summary>
    public static IServiceCollection AddOwnership(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<DeclaredOwnerReads>();
        services.AddSingleton<ServicePlaceReads>();
        services.AddSingleton<CatalogIntake>();
        services.AddSingleton(configuration.GetSection("PagerDuty").Get<PagerDutyOptions>() ?? new PagerDutyOptions());
        services.AddCatalogSources(configuration);
        services.AddSingleton<CatalogOwnership>();
        services.AddSingleton<IOwnership>(provider => provider.GetRequiredService<CatalogOwnership>());
        services.AddSingleton<IRunbooks>(provider => provider.GetRequiredService<CatalogOwnership>());
        return services;
    }

    private static void AddCatalogSources(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Catalog").Get<CatalogOptions>() ?? new CatalogOptions();
        services.AddSingleton(options);
        foreach (var folder in options.Folders)
            services.AddSingleton<ICatalogSource>(new FolderSource(folder));
        if (options.BackstageUrl is { } backstage)
            services.AddSingleton<ICatalogSource>(_ => new BackstageSource(OutsideHttp.Client(), backstage, options.BackstageToken));
        if (!string.IsNullOrWhiteSpace(configuration["PagerDuty:ApiToken"]))
        {
            services.AddSingleton<ICatalogSource>(provider => new PagerDutySource(
                OutsideHttp.Client(), provider.GetRequiredService<PagerDutyOptions>(), provider.GetRequiredService<TimeProvider>()));
        }

        services.AddSingleton<CatalogRefresh>();
        services.AddHostedService(provider => provider.GetRequiredService<CatalogRefresh>());
    }
}

using Copilot.Ownership.Catalog;
using Copilot.Ownership.Owners;
using Copilot.Ownership.Sources;
using Copilot.Store.Ownership;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Copilot.Ownership;

public static class OwnershipRegistration
{
    /// <summary>Who owns what and who is on call, from files, Backstage and PagerDuty. Needs the store. Sections <c>Catalog</c> and
    /// <c>PagerDuty</c>.</summary>
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
                OutsideHttp.Client(),
                provider.GetRequiredService<PagerDutyOptions>(),
                provider.GetRequiredService<TimeProvider>()
            ));
        }

        services.AddSingleton<CatalogRefresh>();
        services.AddHostedService(provider => provider.GetRequiredService<CatalogRefresh>());
    }
}

using Copilot.Store.Server;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Copilot.Web.Hosting;

/// <summary>
/// A stop in good order: whoever spreads requests over several instances learns from <c>/readyz</c> that this one is leaving, while it
/// still answers; then requests under way are finished, what was acknowledged is on the disk, and the lead is another's.
/// </summary>
internal sealed class Draining(HostingOptions options, InstanceLead lead, TimeProvider time) : IHostedLifecycleService
{
    /// <summary>For everything that a stop has to finish, beside the time that it drains.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private volatile bool _leaving;

    public bool IsLeaving => _leaving;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _leaving = true;
        // What only one instance does is another's from now on.
        await lead.EndAsync();
        if (options.Drain > TimeSpan.Zero)
            await Task.Delay(options.Drain, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Ready to be sent requests: not while it leaves.</summary>
internal sealed class Readiness(Draining draining) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(draining.IsLeaving ? HealthCheckResult.Unhealthy("It stops.") : HealthCheckResult.Healthy());
}

/// <summary>What monitors and those who spread requests ask: is it alive, does it answer questions, may it be sent more.</summary>
internal static class HealthEndpoints
{
    private const string Ready = "ready";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<Draining>().AddHostedService(provider => provider.GetRequiredService<Draining>());
        services.AddOptions<HostOptions>().Configure<HostingOptions>((host, own) => host.ShutdownTimeout = Draining.Patience + own.Drain);
        services.AddHealthChecks().AddCheck<StoreHealth>("store").AddCheck<Readiness>("leaving", tags: [Ready]);
        return services;
    }

    /// <summary><c>/livez</c> asks nothing but the process: a store that is away is not mended by a restart.</summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/livez", new() { Predicate = static _ => false });
        endpoints.MapHealthChecks("/healthz", new() { Predicate = static check => !check.Tags.Contains(Ready) });
        endpoints.MapHealthChecks("/readyz");
        return endpoints;
    }
}

using Copilot.Store.Reads.Services;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Copilot.Web.Hosting;

/// <summary>Healthy where questions can be answered: the store is reached and reads.</summary>
internal sealed class StoreHealth(ServiceReads services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await services.ReceivedUntilAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (StoreTrouble.Of(failure) is { } told)
        {
            return HealthCheckResult.Unhealthy(told);
        }
    }
}

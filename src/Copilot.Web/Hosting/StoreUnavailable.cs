using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Copilot.Store;
using Copilot.Store.Commands;
using Copilot.Store.Reads.Topology;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Copilot.Web.Hosting;

/// <summary>Answers programs with 503 and <c>Retry-After</c>, and not with 500, while the store cannot be reached.</summary>
internal sealed partial class StoreUnavailable(IProblemDetailsService problems, ILogger<StoreUnavailable> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception failure, CancellationToken cancellationToken)
    {
        if (StoreFailure.Of(failure) is not { } detail)
            return false;
        LogUnavailable(http.Request.Path, failure);
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = StoreFailure.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return await problems.TryWriteAsync(
            new ProblemDetailsContext
            {
                HttpContext = http,
                ProblemDetails =
                {
                    Status = StatusCodes.Status503ServiceUnavailable,
                    Title = "The store cannot be reached",
                    Detail = detail,
                },
            }
        );
    }

    /// <summary>Whoever asked is told to ask again; why it was is for those who run the store.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} was answered with 503: the store could not be reached.")]
    private partial void LogUnavailable(string path, Exception failure);
}

/// <summary>Tells a store that cannot be reached at the moment from a defect.</summary>
internal static class StoreFailure
{
    public const int RetryAfterSeconds = 5;

    /// <summary>What to tell people; null where the store is not to blame. What reads through the object mapper meets the driver's own
    /// exception, wrapped or not.</summary>
    public static string? Of(Exception failure)
    {
        // What was stopped because it took too long had reached the store.
        if (QueryTooExpensiveException.Of(failure) is not null)
            return null;
        for (var inner = failure; inner is not null; inner = inner.InnerException!)
        {
            if (inner is StoreException known)
                return known.Message;
            if (inner is DbException { IsTransient: true } or DbException { InnerException: SocketException or IOException })
                return "The store cannot be reached at the moment. Ask again in a few seconds.";
        }

        return null;
    }
}

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
        catch (Exception failure) when (StoreFailure.Of(failure) is { } told)
        {
            return HealthCheckResult.Unhealthy(told);
        }
    }
}

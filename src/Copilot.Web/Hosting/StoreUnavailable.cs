using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;

namespace Copilot.Web.Hosting;

/// <summary>Answers programs with 503 and <c>Retry-After</c>, and not with 500, while the store cannot be reached.</summary>
internal sealed class StoreUnavailable(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception failure, CancellationToken cancellation)
    {
        if (StoreTrouble.Of(failure) is not { } detail) return false;
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = StoreTrouble.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = http,
            ProblemDetails = { Status = StatusCodes.Status503ServiceUnavailable, Title = "The store cannot be reached", Detail = detail },
        });
    }
}

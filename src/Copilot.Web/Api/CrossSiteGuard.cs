namespace Copilot.Web.Api;

/// <summary>
/// Refuses what another website makes a visitor's browser send. The API has no cookies, but whoever runs the app on their own machine
/// is reachable by every page they have open: a form on one of those must not resolve an incident. Programs send no Origin.
/// </summary>
public static class CrossSiteGuard
{
    public static IApplicationBuilder UseCrossSiteGuard(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && Changes(http.Request.Method) && IsForeign(http.Request))
        {
            await Results.Problem(
                "Requests that change something are taken from this app's own pages and from programs, not from other websites.",
                statusCode: StatusCodes.Status403Forbidden, title: "From another website").ExecuteAsync(http);
            return;
        }

        await next(http);
    });

    private static bool Changes(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

    private static bool IsForeign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
            return true;
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && HostString.FromUriComponent(from) == request.Host);
    }
}

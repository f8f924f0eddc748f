using Copilot.Web.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace Copilot.Web.Api;

/// <summary>
/// Refuses what another website makes a visitor's browser send. The API has no cookies, but whoever runs the app on their own machine
/// is reachable by every page they have open: a form on one of those must not resolve an incident. It holds for every route, whatever
/// its text, and for the pages' own socket; nothing is exempt, since programs (Collectors, Slack, alerting) send no Origin.
/// </summary>
public static class CrossSiteGuard
{
    /// <summary>After routing, since the type of body is the endpoint's to say.</summary>
    public static IApplicationBuilder UseCrossSiteGuard(this IApplicationBuilder app)
    {
        var names = app.ApplicationServices.GetRequiredService<HostNames>();
        return app.Use(
            (http, next) =>
            {
                if (!Changes(http.Request) && !Upgrades(http))
                    return next(http);
                if (IsForeign(http, names))
                {
                    return Results
                        .Problem(
                            "Requests that change something are taken from this app's own pages and from programs, not "
                                + "from other websites.",
                            statusCode: StatusCodes.Status403Forbidden,
                            title: "From another website"
                        )
                        .ExecuteAsync(http);
                }

                if (
                    Changes(http.Request)
                    && http.GetEndpoint() is { } endpoint
                    && BodyType.Of(endpoint) is { } type
                    && !type.Fits(http.Request, HasBody(http))
                )
                {
                    return Results
                        .Problem(
                            $"The body must be {type.Name} in UTF-8, and Content-Type must say so.",
                            statusCode: StatusCodes.Status415UnsupportedMediaType,
                            title: "Unsupported type of body"
                        )
                        .ExecuteAsync(http);
                }

                return next(http);
            }
        );
    }

    private static bool Changes(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);

    private static bool Upgrades(HttpContext http) => http.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest == true;

    private static bool HasBody(HttpContext http) => http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false;

    private static bool IsForeign(HttpContext http, HostNames names)
    {
        var site = http.Request.Headers["Sec-Fetch-Site"].ToString();
        var origin = http.Request.Headers.Origin.ToString();
        // No page is opened at the telemetry's ports, so a page that sends something there is another's, whatever it calls itself.
        if (http.Features.Get<Door>() is { Kind: not DoorKind.Browser })
            return site.Length > 0 || origin.Length > 0;
        return site is not ("" or "same-origin" or "none")
            || (origin.Length > 0 && !names.IsOwnOrigin(origin, http.Request.Headers.Host.ToString()));
    }
}

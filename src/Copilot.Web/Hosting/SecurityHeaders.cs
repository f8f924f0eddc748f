using Copilot.Access;

namespace Copilot.Web.Hosting;

/// <summary>What every answer tells browsers about what it may do and with whom.</summary>
internal static class SecurityHeaders
{
    private const int YearSeconds = 31_536_000;

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app)
    {
        var signIn = app.ApplicationServices.GetRequiredService<SignInOptions>();
        // Signing out is a form whose answer leads on to the identity provider; a browser asks for its place too.
        var forms = signIn.Oidc.Authority is { } issuer ? $"'self' {issuer.GetLeftPart(UriPartial.Authority)}" : "'self'";
        // Styles: MudBlazor and the charts place what they draw by style attributes. Scripts: files of this app alone.
        var policy =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
            + $"connect-src 'self'; form-action {forms}; base-uri 'self'; frame-ancestors 'self'; object-src 'none'";
        return app.Use(
            (http, next) =>
            {
                var headers = http.Response.Headers;
                headers.ContentSecurityPolicy = policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "same-origin";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
                if (http.Request.IsHttps)
                    headers.StrictTransportSecurity = $"max-age={YearSeconds}";
                // What one person may read is kept by no cache between them and here.
                if (signIn.Mode != SignInMode.SingleUser)
                    headers.CacheControl = "no-store";
                return next(http);
            }
        );
    }
}

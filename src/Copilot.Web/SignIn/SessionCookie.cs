using Copilot.Access;
using Copilot.Access.Sessions;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Copilot.Web.SignIn;

/// <summary>The cookie of a session. It says which session it is; who that is and what they may do is read anew with each
/// request.</summary>
internal static class SessionCookie
{
    public static void Set(CookieAuthenticationOptions cookie, SignInOptions options)
    {
        cookie.Cookie.Name = "copilot.session";
        cookie.Cookie.HttpOnly = true;
        // Strict would leave it out of the very request that comes back from the identity provider.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.CookieManager = new HostPrefix();
        cookie.ExpireTimeSpan = options.SessionsLast;
        cookie.SlidingExpiration = false;
        cookie.Events.OnValidatePrincipal = async context =>
        {
            var sessions = context.HttpContext.RequestServices.GetRequiredService<SessionStore>();
            var session = Caller.Of(context.Principal).Session;
            var person = session is null ? null : await sessions.FindAsync(session, context.HttpContext.RequestAborted);
            if (person is null)
                context.RejectPrincipal();
            else
                context.ReplacePrincipal(person.ToPrincipal(CallerScheme.Session));
        };
    }

    /// <summary>Over TLS a browser keeps a cookie of this prefix from other hosts of the domain, and from being sent without TLS.</summary>
    private sealed class HostPrefix : ICookieManager
    {
        private readonly ChunkingCookieManager _inner = new();

        public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, Name(context, key));

        public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
            _inner.AppendResponseCookie(context, Name(context, key), value, options);

        public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
            _inner.DeleteCookie(context, Name(context, key), options);

        private static string Name(HttpContext http, string key) => http.Request.IsHttps ? "__Host-" + key : key;
    }
}

using Copilot.Access;
using Copilot.Access.Audit;
using Copilot.Access.Sessions;
using Copilot.Web.Hosting;
using Microsoft.AspNetCore.Authentication;

namespace Copilot.Web.SignIn;

/// <summary>Where people begin and end a session. What comes back from the identity provider is the scheme's own address.</summary>
internal static class SignInEndpoints
{
    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        var options = endpoints.ServiceProvider.GetRequiredService<SignInOptions>();
        if (options.Mode != SignInMode.OpenIdConnect)
            return endpoints;
        endpoints.MapGet(
            "/sign-in",
            (string? to, bool? second) =>
            {
                var properties = new AuthenticationProperties { RedirectUri = OwnAddress.Of(to) };
                if (second == true)
                    OpenIdConnectSetup.MarkSecond(properties);
                return Results.Challenge(properties, [CallerScheme.OpenIdConnect]);
            }
        );
        endpoints.MapGet("/sign-in/refused", RefusedAsync);
        endpoints.MapGet(
            "/signed-out",
            (HttpContext http) =>
                PlainPage.WriteAsync(http, StatusCodes.Status200OK, "Signed out", "Every page of this browser is.", "/sign-in", "Sign in")
        );
        endpoints.MapPost("/sign-out", EndAsync).DisableAntiforgery().WithMetadata(BodyType.Form);
        return endpoints;
    }

    private static Task RefusedAsync(HttpContext http, string? why) =>
        why == "role"
            ? PlainPage.WriteAsync(
                http,
                StatusCodes.Status403Forbidden,
                "No role here",
                "You are signed in at your identity provider, but none of your groups has a role here. An admin gives it one with "
                    + "SignIn__Admins, SignIn__Responders or SignIn__Viewers.",
                "/sign-in",
                "Try again"
            )
            : PlainPage.WriteAsync(
                http,
                StatusCodes.Status403Forbidden,
                "Not signed in",
                "The identity provider's answer could not be used: it refused, or it came too late. The app's log says more.",
                "/sign-in",
                "Try again"
            );

    /// <summary>Ends the session here, in every tab, and asks the identity provider to end its own.</summary>
    private static async Task<IResult> EndAsync(
        HttpContext http,
        SessionStore sessions,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        var caller = Caller.Of(http.User);
        if (caller.Session is not { } session)
            return Results.Redirect("/signed-out");
        await audit.RecordAsync(new AuditEvent(caller.Label, "browser", "session.end", ""), cancellationToken);
        await sessions.EndAsync(session, cancellationToken);
        return Results.SignOut(
            new AuthenticationProperties { RedirectUri = "/signed-out" },
            [CallerScheme.Session, CallerScheme.OpenIdConnect]
        );
    }
}

/// <summary>An address of this app, for going on after a sign-in.</summary>
internal static class OwnAddress
{
    /// <summary>The first page where it would lead anywhere else: <c>//evil.example</c> and <c>/\evil.example</c> are other hosts to a
    /// browser.</summary>
    public static string Of(string? to) =>
        to is ['/', ..] && !(to.Length > 1 && to[1] is '/' or '\\') && !to.Any(char.IsControl) && Uri.TryCreate(to, UriKind.Relative, out _)
            ? to
            : "/";
}

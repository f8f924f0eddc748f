using Copilot.Access;
using Copilot.Access.Audit;
using Copilot.Access.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Copilot.Web.SignIn;

/// <summary>Signing in with OpenID Connect: the authorization code with PKCE. Of what the provider tells, the subject, a name and the
/// groups
/// are kept; its tokens are not, but the one by which the provider signs somebody out.</summary>
internal static class OpenIdConnectSetup
{
    private const string Second = "copilot:second";

    public static void Set(OpenIdConnectOptions oidc, OidcOptions options)
    {
        oidc.SignInScheme = CallerScheme.Session;
        oidc.Authority = options.Authority!.ToString();
        oidc.ClientId = options.ClientId;
        oidc.ClientSecret = options.ClientSecret.Length > 0 ? options.ClientSecret : null;
        // Between two programs of one machine there is nobody to listen.
        oidc.RequireHttpsMetadata = !options.Authority.IsLoopback;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.MapInboundClaims = false;
        oidc.GetClaimsFromUserInfoEndpoint = true;
        oidc.SaveTokens = false;
        oidc.CallbackPath = "/sign-in/callback";
        oidc.SignedOutCallbackPath = "/sign-out/callback";
        oidc.SignedOutRedirectUri = "/signed-out";
        oidc.Scope.Clear();
        foreach (var scope in (string[])["openid", "profile", .. options.Scopes])
            oidc.Scope.Add(scope);
        oidc.ClaimActions.MapJsonKey(options.GroupsClaim, options.GroupsClaim);
        // The answer comes by a redirect of the browser, so the cookies that wait for it need not go along with others' posts.
        oidc.CorrelationCookie.SameSite = SameSiteMode.Lax;
        oidc.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        oidc.NonceCookie.SameSite = SameSiteMode.Lax;
        oidc.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        oidc.Events.OnTokenValidated = context =>
        {
            var token = context.TokenEndpointResponse?.IdToken ?? context.ProtocolMessage.IdToken;
            if (token is not null)
                context.Properties!.StoreTokens([new AuthenticationToken { Name = "id_token", Value = token }]);
            return Task.CompletedTask;
        };
        oidc.Events.OnTicketReceived = context => BeginAsync(context, options);
        oidc.Events.OnRemoteFailure = context =>
        {
            // What failed is in the log; a visitor who was turned away, or went back a page, tries again.
            context.Response.Redirect(IsUnknownKey(context.Failure) ? Anew(context) : "/sign-in/refused");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    /// <summary>Whether an attempt is the second one, made because the provider signs with a new key.</summary>
    public static void MarkSecond(AuthenticationProperties properties) => properties.Items[Second] = "true";

    /// <summary>The provider signs with a key that was not there when it was asked last: it is asked, and the visitor sent there
    /// again, once.</summary>
    private static string Anew(RemoteFailureContext context)
    {
        if (context.Properties?.Items.ContainsKey(Second) != false)
            return "/sign-in/refused";
        var oidc = (OpenIdConnectOptions)context.Options;
        oidc.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
            oidc.MetadataAddress,
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(oidc.Backchannel) { RequireHttps = oidc.RequireHttpsMetadata }
        );
        return "/sign-in?second=true&to=" + Uri.EscapeDataString(context.Properties.RedirectUri ?? "/");
    }

    private static bool IsUnknownKey(Exception? failure) =>
        failure is not null && (failure is SecurityTokenSignatureKeyNotFoundException || IsUnknownKey(failure.InnerException));

    private static async Task BeginAsync(TicketReceivedContext context, OidcOptions options)
    {
        var services = context.HttpContext.RequestServices;
        var (signIn, audit) = (services.GetRequiredService<SignInOptions>(), services.GetRequiredService<AuditLog>());
        var principal = context.Principal!;
        string? Said(string claim) =>
            principal.FindFirst(claim)?.Value is { } value && SignedIn.Plain(value) is { Length: > 0 } plain ? plain : null;
        var subject = principal.FindFirst("sub")!.Value;
        var name = Said("name") ?? Said("preferred_username") ?? Said("email") ?? SignedIn.Plain(subject);
        string[] groups = [.. principal.FindAll(options.GroupsClaim).Select(claim => claim.Value).Distinct(StringComparer.Ordinal)];
        var cancellation = context.HttpContext.RequestAborted;
        if (signIn.RoleOf(groups) is not { } role)
        {
            await audit.RecordAsync(
                new AuditEvent($"{name} ({subject})", "browser", "session.begin", "", "refused: no role"),
                cancellation
            );
            context.Response.Redirect("/sign-in/refused?why=role");
            context.HandleResponse();
            return;
        }

        var person = Caller.Person(subject, name, role);
        await audit.RecordAsync(new AuditEvent(person.Label, "browser", "session.begin", role.ToString().ToLowerInvariant()), cancellation);
        var session = await services.GetRequiredService<SessionStore>().BeginAsync(new SignedIn(subject, name, groups), cancellation);
        context.Principal = (person with { Session = session }).ToPrincipal(CallerScheme.Session);
    }
}

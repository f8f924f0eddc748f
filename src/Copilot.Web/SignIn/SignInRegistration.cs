using Copilot.Access;
using Copilot.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;

namespace Copilot.Web.SignIn;

internal static class SignInRegistration
{
    /// <summary>Who comes, and what they may do. Needs the room Access.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("SignIn").Get<SignInOptions>() ?? new SignInOptions();
        var hosting = configuration.GetSection("Hosting").Get<HostingOptions>() ?? new HostingOptions();
        services.AddSingleton(new KnownProxies(hosting.Proxies));
        var schemes = services
            .AddAuthentication(CallerScheme.Any)
            .AddPolicyScheme(CallerScheme.Any, null, any => any.ForwardDefaultSelector = http => CallerScheme.Of(http, options.Mode))
            .AddScheme<AuthenticationSchemeOptions, KeyScheme>(CallerScheme.Key, null);
        switch (options.Mode)
        {
            case SignInMode.OpenIdConnect:
                schemes
                    .AddCookie(CallerScheme.Session, cookie => SessionCookie.Set(cookie, options))
                    .AddOpenIdConnect(CallerScheme.OpenIdConnect, oidc => OpenIdConnectSetup.Set(oidc, options.Oidc));
                break;
            case SignInMode.Proxy:
                schemes.AddScheme<AuthenticationSchemeOptions, ProxyScheme>(CallerScheme.Proxy, null);
                break;
            default:
                schemes.AddScheme<AuthenticationSchemeOptions, LocalScheme>(CallerScheme.Local, null);
                break;
        }

        services.AddSingleton<IAuthorizationHandler, RuleIsMet.Handler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().AddRequirements(new RuleIsMet()).Build());
        services.AddScoped<AuthenticationStateProvider, CircuitSession>();
        services.AddScoped<Visitor>();
        return services;
    }
}

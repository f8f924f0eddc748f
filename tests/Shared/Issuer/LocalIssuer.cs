using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Copilot.Tests.Shared;

/// <summary>An identity provider on this machine: OpenIddict's server, with everything of the protocol but the form in which one types a
/// password. It knows one client, demands PKCE, and signs with keys that can be exchanged.</summary>
internal sealed class LocalIssuer : IAsyncDisposable
{
    public const string ClientId = "copilot-of-the-test";
    public const string ClientSecret = "client-secret-of-the-test";

    private readonly int _port = FreePorts.Take();
    private WebApplication? _server;

    /// <summary>Who signs in next: subject, name, groups.</summary>
    public (string Subject, string Name, string[] Groups) Next { get; set; } = ("nobody", "Nobody", []);

    /// <summary>Sessions that were ended here at a client's request.</summary>
    public int Ended { get; private set; }

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/"));

    /// <summary>Starts it, or starts it anew, with another key to sign with.</summary>
    public async Task StartAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls(Address.ToString());
        builder.Services.AddRouting();
        builder.Services.AddAuthentication();
        builder
            .Services.AddOpenIddict()
            .AddServer(server =>
            {
                server
                    .SetIssuer(Address)
                    .SetAuthorizationEndpointUris("connect/authorize")
                    .SetTokenEndpointUris("connect/token")
                    .SetEndSessionEndpointUris("connect/endsession")
                    .AllowAuthorizationCodeFlow()
                    .RequireProofKeyForCodeExchange()
                    .RegisterScopes(Scopes.Profile)
                    .EnableDegradedMode()
                    .AddEphemeralEncryptionKey()
                    .AddSigningKey(new RsaSecurityKey(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") });
                server
                    .UseAspNetCore()
                    .EnableAuthorizationEndpointPassthrough()
                    .EnableEndSessionEndpointPassthrough()
                    .DisableTransportSecurityRequirement();
                server.AddEventHandler<OpenIddictServerEvents.ValidateAuthorizationRequestContext>(handler =>
                    handler.UseInlineHandler(context =>
                    {
                        if (context.ClientId != ClientId || !new Uri(context.RedirectUri!).IsLoopback)
                            context.Reject(Errors.InvalidClient);
                        return default;
                    })
                );
                server.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler =>
                    handler.UseInlineHandler(context =>
                    {
                        if (context.ClientId != ClientId || context.ClientSecret != ClientSecret)
                            context.Reject(Errors.InvalidClient);
                        return default;
                    })
                );
                server.AddEventHandler<OpenIddictServerEvents.ValidateEndSessionRequestContext>(handler =>
                    handler.UseInlineHandler(_ => default)
                );
            });
        _server = builder.Build();
        _server.UseRouting();
        _server.UseAuthentication();
        _server.MapGet("/connect/authorize", Authorize);
        _server.MapGet("/connect/endsession", End);
        await _server.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private IResult Authorize(HttpContext http)
    {
        var request = http.GetOpenIddictServerRequest()!;
        var identity = new ClaimsIdentity("local", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, Next.Subject).SetClaim(Claims.Name, Next.Name);
        identity.AddClaims(Next.Groups.Select(group => new Claim("groups", group)));
        identity.SetScopes(request.GetScopes());
        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), properties: null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private IResult End()
    {
        Ended++;
        return Results.SignOut(
            new AuthenticationProperties { RedirectUri = "/" },
            [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]
        );
    }
}

using System.Net;
using System.Text.Encodings.Web;
using Copilot.Access;
using Copilot.Access.Keys;
using Copilot.Access.Sessions;
using Copilot.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Copilot.Web.SignIn;

/// <summary>The ways to make oneself known, as ASP.NET names them. One of them is asked, by what a request carries.</summary>
internal static class CallerScheme
{
    /// <summary>Chooses among the others.</summary>
    public const string Any = "copilot";

    public const string Key = "copilot-key";
    public const string Local = "copilot-local";
    public const string Proxy = "copilot-proxy";
    public const string Session = "copilot-session";
    public const string OpenIdConnect = "copilot-oidc";

    /// <summary>A key goes before all: a program that carries one is that program, whatever else a proxy adds.</summary>
    public static string Of(HttpContext http, SignInMode mode) =>
        Bearer(http) is { } text && KeyText.Parse(text) is not null ? Key
        : mode == SignInMode.OpenIdConnect ? Session
        : mode == SignInMode.Proxy ? Proxy
        : Local;

    public static string? Bearer(HttpContext http)
    {
        const string Scheme = "Bearer ";
        string? header = http.Request.Headers.Authorization;
        return header?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true ? header[Scheme.Length..].Trim() : null;
    }
}

/// <summary>A program with a key.</summary>
internal sealed class KeyScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    KeyRing ring
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(
            CallerScheme.Bearer(Context) is { } text && ring.Find(text) is { } key
                ? AuthenticateResult.Success(new AuthenticationTicket(key.Caller.ToPrincipal(Scheme.Name), Scheme.Name))
                : AuthenticateResult.Fail("The key is none of this copilot's, or no longer good.")
        );
}

/// <summary>The one user, where nobody has to sign in: whoever is on this machine, and nobody else.</summary>
internal sealed class LocalScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var address = Context.Connection.RemoteIpAddress;
        // No address: a transport inside this process, as tests use.
        return Task.FromResult(
            address is null || IPAddress.IsLoopback(address)
                ? AuthenticateResult.Success(new AuthenticationTicket(Caller.Local.ToPrincipal(Scheme.Name), Scheme.Name))
                : AuthenticateResult.NoResult()
        );
    }
}

/// <summary>Somebody whom a proxy vouches for. Its headers count from its own address alone: anybody can send them.</summary>
internal sealed class ProxyScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    SignInOptions signIn,
    KnownProxies proxies,
    TimeProvider time
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Read());

    private AuthenticateResult Read()
    {
        if (!proxies.Knows(Context.Connection.RemoteIpAddress))
            return AuthenticateResult.NoResult();
        // Two of one header, or what an intermediary made of them: one of the names may be the visitor's own.
        var users = Request.Headers[signIn.Proxy.UserHeader];
        if (users is not [{ } given] || SignedIn.Plain(given) is not { Length: > 0 } name || name.Contains(',', StringComparison.Ordinal))
            return AuthenticateResult.NoResult();
        var groups = signIn.Proxy.GroupsHeader.Length > 0 ? Request.Headers[signIn.Proxy.GroupsHeader] : default;
        if (groups.Count > 1)
            return AuthenticateResult.NoResult();
        // A group cannot be called like a person: whoever names groups would name admins.
        string[] all =
        [
            SignInOptions.Person + name,
            .. groups
                .ToString()
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Where(group => !group.StartsWith(SignInOptions.Person, StringComparison.Ordinal)),
        ];
        if (signIn.RoleOf(all) is not { } role)
            return AuthenticateResult.Fail($"{name} is in none of the groups that may enter.");
        var caller = Caller.Person(name, name, role) with { Until = time.GetUtcNow() + signIn.SessionsLast };
        return AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(Scheme.Name), Scheme.Name));
    }
}

namespace Copilot.Access;

/// <summary>Configuration section "SignIn": how people make themselves known. Without any of it there is one user, of this
/// machine.</summary>
public sealed record SignInOptions
{
    /// <summary>Before the name of a single person that a proxy vouches for, among groups: <c>user:ada</c>.</summary>
    public const string Person = "user:";

    public OidcOptions Oidc { get; init; } = new();

    public ProxyOptions Proxy { get; init; } = new();

    /// <summary>Groups that are admins; so for the two below. Who is in none may not enter.</summary>
    public IReadOnlyList<string> Admins { get; init; } = [];

    public IReadOnlyList<string> Responders { get; init; } = [];

    public IReadOnlyList<string> Viewers { get; init; } = [];

    /// <summary>How long it is until somebody has to sign in again.</summary>
    public TimeSpan SessionsLast { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How often an open page looks whether its session still holds.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Requests a minute of one person or key; of one address, where nobody is known.</summary>
    public int RequestsPerMinute { get; init; } = 1_200;

    /// <summary>Questions a minute of one person or key.</summary>
    public int QuestionsPerMinute { get; init; } = 60;

    public SignInMode Mode =>
        Oidc.Authority is not null ? SignInMode.OpenIdConnect
        : Proxy.UserHeader.Length > 0 ? SignInMode.Proxy
        : SignInMode.SingleUser;

    /// <summary>The highest role that one of the groups has; null where none has any.</summary>
    public Role? RoleOf(IReadOnlyCollection<string> groups) =>
        Admins.Any(groups.Contains) ? Role.Admin
        : Responders.Any(groups.Contains) ? Role.Responder
        : Viewers.Any(groups.Contains) ? Role.Viewer
        : null;

    /// <summary>What keeps it from working, a sentence each.</summary>
    public IEnumerable<string> Problems(IReadOnlyList<string> proxies)
    {
        if (Mode == SignInMode.SingleUser)
        {
            if (Oidc.ClientId.Length > 0 || Proxy.GroupsHeader.Length > 0 || Admins.Count + Responders.Count + Viewers.Count > 0)
            {
                yield return "SignIn__Oidc__Authority and SignIn__Proxy__UserHeader are both missing: one of them says how people sign in.";
            }

            yield break;
        }

        if (Oidc.Authority is not null && Proxy.UserHeader.Length > 0)
            yield return "SignIn__Oidc__Authority and SignIn__Proxy__UserHeader are both set: people sign in in one way.";
        if (Oidc.Authority is { } authority && authority.Scheme != Uri.UriSchemeHttps && !authority.IsLoopback)
            yield return $"SignIn__Oidc__Authority is {authority}: an identity provider on another machine is asked over https alone.";
        if (Mode == SignInMode.OpenIdConnect && Oidc.ClientId.Length == 0)
            yield return "SignIn__Oidc__ClientId is missing: it is what the identity provider calls this app.";
        if (Mode == SignInMode.Proxy && proxies.Count == 0)
            yield return "Hosting__Proxies__0 is missing: it is the address of the proxy whose word on who somebody is counts.";
        if (Admins.Count == 0)
            yield return "SignIn__Admins__0 is missing: it is a group whose people are admins, and without one nobody could be let in.";
    }
}

public enum SignInMode
{
    /// <summary>Everybody who reaches it is the one user; on this machine alone.</summary>
    SingleUser,
    OpenIdConnect,
    Proxy,
}

/// <summary>An identity provider that speaks OpenID Connect.</summary>
public sealed record OidcOptions
{
    /// <summary>The issuer, below which its <c>.well-known/openid-configuration</c> lies.</summary>
    public Uri? Authority { get; init; }

    public string ClientId { get; init; } = "";

    /// <summary>Empty for a public client; PKCE is used in any case.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>Asked for beside <c>openid</c> and <c>profile</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The claim whose values are the groups that roles are given to.</summary>
    public string GroupsClaim { get; init; } = "groups";
}

/// <summary>A proxy that makes people sign in and says in headers who they are. Only those of <c>Hosting:Proxies</c> are
/// believed.</summary>
public sealed record ProxyOptions
{
    public string UserHeader { get; init; } = "";

    /// <summary>Its value is groups with commas between them.</summary>
    public string GroupsHeader { get; init; } = "";
}

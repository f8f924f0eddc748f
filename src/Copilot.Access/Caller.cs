using System.Security.Claims;

namespace Copilot.Access;

/// <summary>How somebody made themselves known.</summary>
public enum CallerKind
{
    /// <summary>Not at all.</summary>
    Nobody,

    /// <summary>By being a user of this machine, where nobody has to sign in.</summary>
    Local,

    /// <summary>By signing in.</summary>
    Person,

    /// <summary>By a key.</summary>
    Key,
}

/// <summary>Who asks for something, and what they may do. It travels as claims, which this alone writes and reads.</summary>
/// <param name="Id">What tells it from all others: a subject, the id of a key.</param>
/// <param name="Name">As timelines show it; empty for a user of this machine, whose name is what they say.</param>
/// <param name="Role">Of a person.</param>
public sealed record Caller(CallerKind Kind, string Id, string Name, IReadOnlySet<Permission> Permissions, Role? Role = null)
{
    private const string KindClaim = "copilot:kind";
    private const string RoleClaim = "copilot:role";
    private const string PermissionClaim = "copilot:permission";
    private const string SessionClaim = "copilot:session";
    private const string UntilClaim = "copilot:until";

    public static readonly Caller Nobody = new(CallerKind.Nobody, "", "", new HashSet<Permission>());

    public static readonly Caller Local = new(CallerKind.Local, "local", "", Enum.GetValues<Permission>().ToHashSet(), Access.Role.Admin);

    /// <summary>The session that a person's cookie stands for; null where there is none.</summary>
    public string? Session { get; init; }

    /// <summary>When they have to make themselves known again; null where nothing ends it.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>As the audit log names it: a name that two people have does not tell them apart.</summary>
    public string Label =>
        Kind switch
        {
            CallerKind.Nobody => "nobody",
            CallerKind.Local => "a user of this machine",
            _ => $"{Name} ({Id})",
        };

    public bool May(Permission permission) => Permissions.Contains(permission);

    public static Caller Person(string id, string name, Role role) => new(CallerKind.Person, id, name, role.Grants(), role);

    /// <summary>Nobody where the principal was not made by <see cref="ToPrincipal"/>.</summary>
    public static Caller Of(ClaimsPrincipal? principal)
    {
        if (principal?.Identity is not ClaimsIdentity { IsAuthenticated: true } identity)
            return Nobody;
        if (!Enum.TryParse<CallerKind>(identity.FindFirst(KindClaim)?.Value, out var kind) || kind == CallerKind.Nobody)
            return Nobody;
        return new Caller(
            kind,
            identity.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? "",
            identity.Name ?? "",
            identity.FindAll(PermissionClaim).Select(claim => Enum.Parse<Permission>(claim.Value)).ToHashSet(),
            Enum.TryParse<Role>(identity.FindFirst(RoleClaim)?.Value, out var role) ? role : null
        )
        {
            Session = identity.FindFirst(SessionClaim)?.Value,
            Until = identity.FindFirst(UntilClaim)?.Value is { } until ? DateTimeOffset.Parse(until, null) : null,
        };
    }

    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        var identity = new ClaimsIdentity(scheme);
        identity.AddClaim(new Claim(KindClaim, Kind.ToString()));
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, Id));
        if (Name.Length > 0)
            identity.AddClaim(new Claim(ClaimTypes.Name, Name));
        if (Role is { } role)
            identity.AddClaim(new Claim(RoleClaim, role.ToString()));
        if (Session is { } session)
            identity.AddClaim(new Claim(SessionClaim, session));
        if (Until is { } until)
            identity.AddClaim(new Claim(UntilClaim, until.ToString("O")));
        identity.AddClaims(Permissions.Order().Select(permission => new Claim(PermissionClaim, permission.ToString())));
        return new ClaimsPrincipal(identity);
    }
}

namespace Copilot.Access;

/// <summary>What somebody may do. Every endpoint and page asks for one of these; a key is made for some of them.</summary>
public enum Permission
{
    /// <summary>Send telemetry, changes and alerts.</summary>
    Ingest,

    /// <summary>Look at what there is: pages, traces, conversations, incidents.</summary>
    Read,

    /// <summary>Ask questions and rate answers.</summary>
    Ask,

    /// <summary>Do what others notice: open and resolve incidents, page people.</summary>
    Act,

    /// <summary>Change what the copilot rests on: the catalogue, keys; read its settings and its audit log.</summary>
    Admin,
}

/// <summary>What a person is to the copilot. Each may do what the one before it may.</summary>
public enum Role
{
    Viewer,
    Responder,
    Admin,
}

public static class Roles
{
    /// <summary>What a role may do. Telemetry is sent by programs, which have keys.</summary>
    public static IReadOnlySet<Permission> Grants(this Role role) =>
        role switch
        {
            Role.Viewer => Viewer,
            Role.Responder => Responder,
            _ => Administrator,
        };

    private static readonly HashSet<Permission> Viewer = [Permission.Read, Permission.Ask];
    private static readonly HashSet<Permission> Responder = [.. Viewer, Permission.Act];
    private static readonly HashSet<Permission> Administrator = [.. Responder, Permission.Admin];
}

public static class Permissions
{
    /// <summary>As keys and settings write it: ingest, read, ask, act, admin.</summary>
    public static string Word(this Permission permission) => permission.ToString().ToLowerInvariant();

    /// <summary>Null where no permission is called so.</summary>
    public static Permission? Find(string word)
    {
        foreach (var permission in Enum.GetValues<Permission>())
        {
            if (permission.Word().Equals(word.Trim(), StringComparison.OrdinalIgnoreCase))
                return permission;
        }

        return null;
    }
}

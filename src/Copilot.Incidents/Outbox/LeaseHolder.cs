using System.Globalization;

namespace Copilot.Incidents.Outbox;

/// <summary>Who holds a lease: this process among all that share the database.</summary>
internal static class LeaseHolder
{
    // The same for all holders of one process: a sibling is not dead.
    private static readonly string Session = Guid.NewGuid().ToString("N");

    public static string Own { get; } =
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}/{Session}");

    /// <summary>True for a process of this machine that is gone. Leases of other machines run out by themselves.</summary>
    public static bool IsDead(string other)
    {
        var parts = other.Split('/');
        if (
            parts.Length != 3
            || parts[0] != Environment.MachineName
            || other == Own
            || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var process)
        )
            return false;
        // In a container the new process often has the number of the old one.
        if (process == Environment.ProcessId)
            return parts[2] != Session;
        try
        {
            using var living = System.Diagnostics.Process.GetProcessById(process);
            return living.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}

namespace Copilot.Store.Incidents;

/// <summary>Work that is handed to one worker at a time, and to the next one where that worker does not come back.</summary>
public abstract class LeasedRow
{
    public long Id { get; private set; }

    public int Attempts { get; set; }

    /// <summary>When it is due: at once, or after the pause that a failed attempt is followed by.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Whose it is, and until when; null while it waits.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    public string? LeaseHolder { get; set; }

    /// <summary>Why the last attempt failed, for a person.</summary>
    public string? Error { get; set; }
}

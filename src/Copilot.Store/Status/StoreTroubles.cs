namespace Copilot.Store.Status;

/// <summary>What went wrong last in the store's own work: for the people who look at its status. The log has all of it.</summary>
public sealed class StoreTroubles
{
    private StoreTrouble? last;

    /// <summary>Null: nothing since the app started.</summary>
    public StoreTrouble? Last => Volatile.Read(ref last);

    internal void Note(DateTimeOffset time, string what) => Volatile.Write(ref last, new StoreTrouble(time, what));
}

namespace Copilot.Store;

/// <summary>Something that went wrong in the store's own work.</summary>
public sealed record UpkeepFailure(DateTimeOffset Time, string What);

/// <summary>What went wrong last in the store's own work: for the people who look at its status. The log has all of it.</summary>
public sealed class UpkeepFailures
{
    private UpkeepFailure? _last;

    /// <summary>Null: nothing since the app started.</summary>
    public UpkeepFailure? Last => Volatile.Read(ref _last);

    internal void Note(DateTimeOffset time, string what) => Volatile.Write(ref _last, new UpkeepFailure(time, what));
}

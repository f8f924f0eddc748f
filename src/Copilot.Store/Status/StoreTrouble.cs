namespace Copilot.Store.Status;

/// <summary>Something that went wrong in the store's own work.</summary>
public sealed record StoreTrouble(DateTimeOffset Time, string What);

namespace Copilot.Store.Reads.Spans;

/// <summary>One attribute for a person to read: text as it is, any other value as JSON.</summary>
public sealed record AttributeEntry(string Key, string Value);

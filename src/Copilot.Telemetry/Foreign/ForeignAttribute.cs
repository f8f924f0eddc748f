namespace Copilot.Telemetry.Foreign;

/// <summary>A key with a text, a whole number (long), a double or a bool.</summary>
internal readonly record struct ForeignAttribute(string Key, object Value);

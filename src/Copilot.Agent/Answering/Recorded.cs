namespace Copilot.Agent.Answering;

/// <summary>What a read gave, and the id of the query on record.</summary>
internal readonly record struct Recorded<T>(T Value, string Query);

namespace Copilot.Ingest.Changes;

/// <summary>Why one change of a request was not taken.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Field">The member that is wrong.</param>
public sealed record ChangeRefusal(int Index, string Field, string Message);

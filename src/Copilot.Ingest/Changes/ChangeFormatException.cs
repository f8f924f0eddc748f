namespace Copilot.Ingest.Changes;

/// <summary>A change's member is not as it should be.</summary>
internal sealed class ChangeFormatException(string field, string message) : Exception(message)
{
    public string Field { get; } = field;
}

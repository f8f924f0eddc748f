namespace Copilot.Incidents.Catalog;

/// <summary>A file cannot be read, with the place where it goes wrong.</summary>
public sealed class CatalogFileException(string message, long? line, long? column) : Exception(message)
{
    /// <summary>1-based.</summary>
    public long? Line { get; } = line;

    /// <summary>1-based.</summary>
    public long? Column { get; } = column;
}

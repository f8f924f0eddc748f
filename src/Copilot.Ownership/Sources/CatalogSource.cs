using Copilot.Ownership.Catalog;

namespace Copilot.Ownership.Sources;

/// <summary>Something that is read as a whole, again and again.</summary>
public interface ICatalogSource
{
    /// <summary>Unique; its files' paths begin with it.</summary>
    string Name { get; }

    /// <summary>folder, backstage or pagerduty.</summary>
    string Kind { get; }

    /// <summary>The folder or address, for people.</summary>
    string Place { get; }

    /// <summary>All that it holds now. What is missing from it is forgotten.</summary>
    /// <exception cref="CatalogSourceException">It cannot be read as a whole; what was read before stays.</exception>
    Task<IReadOnlyList<CatalogFile>> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>A source cannot be read; the message tells a person why and what to do.</summary>
public sealed class CatalogSourceException(string message, Exception? inner = null) : Exception(message, inner);

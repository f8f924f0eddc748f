namespace Copilot.Incidents.Catalog.Sources;

/// <summary>A source cannot be read; the message tells a person why and what to do.</summary>
public sealed class CatalogSourceException(string message, Exception? inner = null) : Exception(message, inner);

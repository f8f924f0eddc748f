namespace Copilot.Cli.Importing;

/// <summary>The import cannot go on; the message says why and what to do.</summary>
internal sealed class ImportException(string message, Exception? inner = null) : Exception(message, inner);

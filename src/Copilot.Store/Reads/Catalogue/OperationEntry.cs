namespace Copilot.Store.Reads.Catalogue;

/// <param name="Entry">Seen on entry spans.</param>
public sealed record OperationEntry(string Service, string Name, bool Entry);

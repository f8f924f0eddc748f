namespace Copilot.Store.Reads.Catalogue;

/// <param name="Level">span, resource, event, link or scope.</param>
/// <param name="Entry">Seen on entry spans.</param>
/// <param name="ManyValues">More distinct values than are kept.</param>
public sealed record AttributeEntry(string Level, string Key, string Service, string Type, bool Entry, bool ManyValues);

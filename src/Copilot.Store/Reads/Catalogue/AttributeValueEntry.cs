namespace Copilot.Store.Reads.Catalogue;

/// <param name="Level">span, resource, event, link or scope.</param>
/// <param name="Entry">Seen on entry spans.</param>
/// <param name="Seen">How often, roughly.</param>
public sealed record AttributeValueEntry(string Level, string Key, string Service, string Value, string Type, bool Entry, long Seen);

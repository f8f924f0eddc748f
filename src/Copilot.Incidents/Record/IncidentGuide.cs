namespace Copilot.Incidents.Record;

/// <param name="Markdown">As previewed.</param>
/// <param name="Posted">What its posts are called in the rooms outside.</param>
/// <param name="Ticks">The boxes that are ticked, counted from 0, with who ticked them.</param>
public sealed record IncidentGuide(string Markdown, IReadOnlyList<string> Posted, IReadOnlyDictionary<int, string> Ticks);

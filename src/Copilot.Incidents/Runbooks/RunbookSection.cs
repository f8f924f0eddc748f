namespace Copilot.Incidents.Runbooks;

/// <param name="Text">Markdown, without the heading.</param>
/// <param name="Steps">The items of its lists, as Markdown.</param>
public sealed record RunbookSection(string Heading, RunbookSectionKind Kind, string Text, IReadOnlyList<string> Steps);

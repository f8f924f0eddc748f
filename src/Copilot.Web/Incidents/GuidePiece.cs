namespace Copilot.Web.Incidents;

/// <param name="Step">Which box it is, from 0; null for text without one.</param>
public sealed record GuidePiece(string Markdown, int? Step);

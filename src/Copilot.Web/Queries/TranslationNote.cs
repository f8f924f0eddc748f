using Copilot.Agent.Interpretation.Traceql;

namespace Copilot.Web.Queries;

/// <summary>What is said beside a query that was made from words.</summary>
public sealed record TranslationNote(string Text, IReadOnlyList<string> Unread)
{
    public static TranslationNote Of(Translation translation)
    {
        ArgumentNullException.ThrowIfNull(translation);
        var unread = string.Join(", ", translation.Unread.Select(word => $"“{word}”"));
        var text = translation switch
        {
            { Query: null } or { Score: 0 } => "No query could be made of these words." + (unread.Length > 0 ? $" Not understood: {unread}." : ""),
            { Unread.Count: > 0 } => $"The query below leaves out what was not understood: {unread}.",
            _ => "Every word is in the query below; run it, or change it.",
        };
        return new TranslationNote(text, translation.Unread);
    }
}

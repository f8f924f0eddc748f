using System.Text.Json;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Commands;

/// <summary>Values of a query as the store holds the same values.</summary>
internal static class StoredText
{
    /// <summary>Postgres takes no NUL and no half of a surrogate pair; the intake replaces them the same way.</summary>
    public static string Clean(string text)
    {
        if (!text.Contains('\0', StringComparison.Ordinal) && text.IsNormalizedUtf16())
            return text;
        return string.Concat(text.EnumerateRunes().Select(r => r.Value == 0 ? "\uFFFD" : r.ToString()));
    }

    /// <summary>A text, number or Boolean literal as JSON; null for what no attribute holds.</summary>
    public static string? Json(Literal literal) =>
        literal.Kind switch
        {
            LiteralKind.Text => JsonSerializer.Serialize(Clean(literal.Text)),
            LiteralKind.Integer or LiteralKind.Duration => JsonSerializer.Serialize(literal.Integer),
            LiteralKind.Float => JsonSerializer.Serialize(literal.Float),
            LiteralKind.Boolean => literal.Integer != 0 ? "true" : "false",
            _ => null,
        };

    private static bool IsNormalizedUtf16(this string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == 0xFFFD)
                return false;
        }

        return true;
    }
}

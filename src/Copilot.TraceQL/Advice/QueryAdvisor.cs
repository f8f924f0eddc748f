using Copilot.TraceQL.Fields;

namespace Copilot.TraceQL.Advice;

/// <summary>Knows the usual mistakes: other languages' syntax, intrinsics written as attributes, missing quotes, scopes and brackets.</summary>
public static class QueryAdvisor
{
    /// <summary>
    /// Advice on a query that fails, or that runs but hardly means what it says; null where there is nothing to say.
    /// A fix is offered only if it is a valid query.
    /// </summary>
    public static QueryAdvice? Advise(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > TraceQlParser.MaxLength / 8)
            return null;
        if (TraceQlParser.TryParse(text, out var query, out _))
            return MisleadingAttributes.Find(query) is { } misleading ? Repaired(text, misleading) : null;
        return Repaired(text, null);
    }

    /// <summary>The error with advice where there is any.</summary>
    public static TraceQlError WithAdvice(TraceQlError error, string text)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Advise(text) is { } advice ? error with { Hint = advice.Hint, Fix = advice.Fix } : error;
    }

    private static QueryAdvice? Repaired(string text, string? hint)
    {
        var masked = MaskedText.Of(text);
        var hints = new List<string>();
        foreach (var repair in Repairs.All)
        {
            var changed = repair.Apply(masked.Text);
            if (changed == masked.Text)
                continue;
            masked = masked with { Text = changed };
            hints.Add(repair.Hint);
        }

        if (hint is not null && hints.Count == 0)
            return new QueryAdvice(hint, null);
        var fix = Tidy(masked.Unmasked());
        var valid = fix != text && TraceQlParser.TryParse(fix, out var query, out _) && MisleadingAttributes.Find(query) is null;
        if (valid)
            return new QueryAdvice(string.Join("; ", hints.Distinct()), fix);
        if (IsBareText(text))
            return new QueryAdvice("there is no free text search in TraceQL: compare an attribute with the text, such as { span.order.id = \"…\" }, or use =~ \".*…*\" on one", null);
        return hints.Count > 0 ? new QueryAdvice(string.Join("; ", hints.Distinct()), null) : null;
    }

    private static bool IsBareText(string text) =>
        TraceQlParser.TryParseSyntax(text, out var query, out _) && query.SingleFilter?.Condition is Literal { Kind: LiteralKind.Text };

    private static string Tidy(string text) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

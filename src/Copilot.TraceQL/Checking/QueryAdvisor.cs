using Copilot.TraceQL.Syntax;

namespace Copilot.TraceQL.Checking;

/// <summary>Knows the usual mistakes: other languages' syntax, intrinsics written as attributes, missing quotes, scopes and
/// brackets.</summary>
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
            return new QueryAdvice(
                "there is no free text search in TraceQL: compare an attribute with the text, such as { span.order.id = "
                    + "\"…\" }, or use =~ \".*…*\" on one",
                null
            );
        return hints.Count > 0 ? new QueryAdvice(string.Join("; ", hints.Distinct()), null) : null;
    }

    private static bool IsBareText(string text) =>
        TraceQlParser.TryParseSyntax(text, out var query, out _) && query.SingleFilter?.Condition is Literal { Kind: LiteralKind.Text };

    private static string Tidy(string text) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>What was probably meant.</summary>
/// <param name="Hint">Why the query does not do it, for a person.</param>
/// <param name="Fix">A whole valid query; null where only the hint helps.</param>
public sealed record QueryAdvice(string Hint, string? Fix);

/// <summary>Finds the known name that a mistyped one is closest to.</summary>
public static class DidYouMean
{
    /// <summary>The closest of the known names, or null where none is close: at most a third of the letters differ.</summary>
    public static string? Closest(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        var best = known
            .Select(k => (Name: k, Distance: Distance(name.ToLowerInvariant(), k.ToLowerInvariant())))
            .OrderBy(k => k.Distance)
            .ThenBy(k => k.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Name is not null && best.Distance <= Math.Max(1, name.Length / 3) ? best.Name : null;
    }

    /// <summary>Insertions, deletions, changes, and swaps of neighbours.</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}

using Copilot.Agent.Interpretation.Traceql.Predicates;
using Copilot.Agent.Interpretation.Traceql.Terms;
using Copilot.TraceQL.Fields;

namespace Copilot.Agent.Interpretation.Traceql.Filters;

/// <summary>Values by a part of them or by a pattern: "starts with api-", "ends in @example.org", "matches shop-.*".</summary>
internal sealed class PatternClauses(TermCursor cursor)
{
    /// <summary>The clauses of the words after "contains"; null where no text follows.</summary>
    public IReadOnlyList<Clause>? Read(IReadOnlyList<FieldExpression> names)
    {
        var tag = cursor.Current!.Tag;
        var at = cursor.At + 1;
        while (cursor.Peek(at) is { Kind: TermKind.Article or TermKind.Filler or TermKind.Function or TermKind.Both } && !IsSign(at))
            at++;
        if (Text(ref at, tag is "regex" or "noregex") is not { } text)
            return null;
        cursor.GoTo(at);
        var clauses = new List<Clause> { Making.Pattern(names, tag, text) };
        while (cursor.Current is { Kind: TermKind.Or } && cursor.Next is { IsValue: true, Kind: not TermKind.Unknown } other)
        {
            clauses.Add(Making.Pattern(names, tag, other.Text) with { Joint = Joint.Or });
            cursor.Skip(2);
        }

        return clauses;
    }

    /// <summary>A value with the signs around it, which the tokens stand apart from.</summary>
    private string? Text(ref int at, bool pattern)
    {
        var text = "";
        while (IsSign(at) && cursor.Peek(at) is { } sign)
        {
            text += sign.Text;
            at++;
        }

        if (cursor.Peek(at) is not { } value || !(value.IsValue || value.Kind is TermKind.Condition or TermKind.Service or TermKind.Field))
            return null;
        text += value.Text;
        at++;
        while (value.Kind != TermKind.Text && cursor.Peek(at) is { } tail && (IsSign(at) || pattern && IsSign(at - 1) && tail.IsValue))
        {
            text += tail.Text;
            at++;
        }

        // "INSERT INTO"
        while (value.Kind != TermKind.Text && IsShouted(text) && cursor.Peek(at) is { } more && IsShouted(more.Text))
        {
            text += " " + more.Text;
            at++;
        }

        // "DELETE FROM users"
        if (value.Kind != TermKind.Text && text.Split(' ')[^1] is "FROM" or "INTO" or "UPDATE" or "TABLE" or "JOIN" && text.Contains(' ', StringComparison.Ordinal) && cursor.Peek(at) is { Kind: TermKind.Unknown or TermKind.Name or TermKind.Filler } table)
        {
            text += " " + table.Text;
            at++;
        }

        return text;
    }

    private static bool IsShouted(string text) => text.Length > 1 && text.All(c => char.IsUpper(c) || c == ' ');

    // A full stop at the end is the sentence's.
    private bool IsSign(int at) => cursor.Peek(at) is { Text: [var sign] } && (sign is '-' or '*' or '/' or '@' or '_' or '#' or '+' or '^' or '$' or '[' or ']' or '|' || sign == '.' && cursor.Peek(at + 1) is not null);
}

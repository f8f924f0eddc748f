using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries.Filters;

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
        if (
            value.Kind != TermKind.Text
            && text.Split(' ')[^1] is "FROM" or "INTO" or "UPDATE" or "TABLE" or "JOIN"
            && text.Contains(' ', StringComparison.Ordinal)
            && cursor.Peek(at) is { Kind: TermKind.Unknown or TermKind.Name or TermKind.Filler } table
        )
        {
            text += " " + table.Text;
            at++;
        }

        return text;
    }

    private static bool IsShouted(string text) => text.Length > 1 && text.All(c => char.IsUpper(c) || c == ' ');

    // A full stop at the end is the sentence's.
    private bool IsSign(int at) =>
        cursor.Peek(at) is { Text: [var sign] }
        && (
            sign is '-' or '*' or '/' or '@' or '_' or '#' or '+' or '^' or '$' or '[' or ']' or '|'
            || sign == '.' && cursor.Peek(at + 1) is not null
        );
}

/// <summary>What is called something: "spans named a or b", "the root span called x", "traces that started in y".</summary>
internal sealed class TitleClauses(TermCursor cursor)
{
    public IReadOnlyList<Clause>? Called()
    {
        var of = cursor.Preceding(cursor.At, TermKind.Whose, TermKind.Copula, TermKind.Function, TermKind.Article);
        var root =
            of is { Kind: TermKind.Condition, Lower: "root" } or { Kind: TermKind.Subject }
            && cursor.Peek(cursor.At - 2) is { Lower: "root" };
        var fields =
            of is { Kind: TermKind.Service } ? ServiceClauses.ServiceName
            : of is { Kind: TermKind.Subject, Tag: "event" } ? [Field.Of(Intrinsic.EventName)]
            : root ? [Field.Of(Intrinsic.RootName)]
            : [Field.Of(Intrinsic.Name)];
        return Title(cursor.At + 1, fields);
    }

    public IReadOnlyList<Clause>? AfterCalled(FieldExpression field) => Title(cursor.At + 2, [field]);

    /// <summary>The name after "called": quoted, an operation, a path, or the words up to the next one that has a meaning.</summary>
    public IReadOnlyList<Clause>? Title(int at, IReadOnlyList<FieldExpression> fields)
    {
        at = cursor.After(at, TermKind.Copula, TermKind.Both);
        var clauses = new List<Clause>();
        while (true)
        {
            if (
                cursor.Peek(at) is not { } first
                || !(
                    first.IsValue
                    || first
                        is { Kind: TermKind.Condition or TermKind.Filler or TermKind.Article }
                            or { Kind: TermKind.Field, Tag: "written" }
                )
            )
                break;
            var text = first.Text;
            at++;
            while (
                first.Kind is not (TermKind.Text or TermKind.Operation)
                && cursor.Peek(at)
                    is { Kind: TermKind.Unknown or TermKind.Method or TermKind.Name or TermKind.Path or TermKind.Number } more
            )
            {
                text += " " + more.Text;
                at++;
            }

            clauses.Add(
                new Clause
                {
                    Fields = fields,
                    Value = Literal.Of(text),
                    Joint = clauses.Count == 0 ? Joint.Beside : Joint.Or,
                }
            );
            var next = cursor.After(at, TermKind.Comma, TermKind.Or);
            if (next == at || cursor.Peek(next) is not { Kind: TermKind.Text or TermKind.Operation or TermKind.Name })
                break;
            at = next;
        }

        if (clauses.Count == 0)
            return null;
        cursor.GoTo(at);
        return clauses;
    }

    // "traces that started in the gateway service"
    public IReadOnlyList<Clause>? RootService()
    {
        var at = cursor.After(cursor.At + 1, TermKind.Prep, TermKind.By, TermKind.Article, TermKind.Service);
        if (
            at == cursor.At + 1
            || cursor.Peek(at) is not { Kind: TermKind.Name or TermKind.Unknown or TermKind.Text or TermKind.Filler } name
            || name.Kind == TermKind.Filler && cursor.Peek(at + 1) is not { Kind: TermKind.Service }
        )
            return null;
        cursor.GoTo(cursor.After(at + 1, TermKind.Service));
        return [new Clause { Fields = [Field.Of(Intrinsic.RootServiceName)], Value = Literal.Of(name.Text) }];
    }

    public IReadOnlyList<Clause> Skipping(Term to, FieldExpression field)
    {
        while (!ReferenceEquals(cursor.Current, to))
            cursor.Skip();
        cursor.Skip();
        return [new Clause { Fields = [field], Value = Literal.Of(to.Text) }];
    }
}

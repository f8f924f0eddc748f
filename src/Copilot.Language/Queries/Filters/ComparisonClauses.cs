using Copilot.Language.Linking;
using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries.Filters;

/// <summary>Comparisons with a number or a length of time: "over 2 s", "took between 1 and 2 s", "3 or more retries"; what the number is of
/// may have been said before.</summary>
internal sealed class ComparisonClauses(TermCursor cursor, KnownNamesIndex index, bool traces)
{
    private static readonly IReadOnlyList<FieldExpression> OfSpan = [Field.Of(Intrinsic.Duration)];
    private static readonly IReadOnlyList<FieldExpression> OfTrace = [Field.Of(Intrinsic.TraceDuration)];
    private static readonly IReadOnlyList<FieldExpression> OfEvent = [Field.Of(Intrinsic.EventTimeSinceStart)];

    private bool _traceSeen,
        _eventSeen;

    /// <summary>The attribute that was spoken of last: "status code over 400 and under 500".</summary>
    public IReadOnlyList<FieldExpression> Last { get; set; } = [];

    /// <summary>Whose length a length is depends on what was spoken of.</summary>
    public void See(Term term)
    {
        _traceSeen |= term.Is(TermKind.Subject, "trace");
        _eventSeen |=
            term.Is(TermKind.Subject, "event")
            || term.Kind == TermKind.Condition
                && term.Lower.StartsWith("exception", StringComparison.Ordinal)
                && cursor.Any(t => t.Lower == "within the first");
    }

    /// <summary>"between 1 and 2 s", "from 200 ms to 400 ms".</summary>
    public IReadOnlyList<Clause>? LengthRange() => Range(LengthFields());

    /// <summary>"2 s or more".</summary>
    public IReadOnlyList<Clause>? LengthOrMore() => Said(Postfixed(LengthFields()));

    private IReadOnlyList<FieldExpression> LengthFields() =>
        _eventSeen ? OfEvent
        : traces && _traceSeen && (IsTraces() || cursor.Any(t => t.Kind == TermKind.Whole)) ? OfTrace
        : OfSpan;

    // "traces longer than 2 s", but "traces with spans longer than 2 s" and "traces where checkout took over 2 s".
    private bool IsTraces()
    {
        var before = cursor.Preceding(
            cursor.At,
            TermKind.Whose,
            TermKind.Took,
            TermKind.Function,
            TermKind.Filler,
            TermKind.Copula,
            TermKind.Not,
            TermKind.Compare,
            TermKind.With,
            TermKind.Prep,
            TermKind.Break
        );
        return before is { Kind: TermKind.Subject, Tag: "trace" };
    }

    // "3 or more http retries"
    public IReadOnlyList<Clause>? AtLeast(Term counted, string op)
    {
        var names = Catalogued.Narrowed(index, counted.Fields);
        if (Values.Of(names, cursor.Current!) is not { } number)
            return null;
        cursor.Skip(3);
        return
        [
            new Clause
            {
                Fields = names,
                Operator = Making.Op(op),
                Value = number,
            },
        ];
    }

    /// <summary>"over 2 s", "took more than 2 s", "more than 5 retries", "and under 300" after a status code.</summary>
    public IReadOnlyList<Clause>? Compared()
    {
        var start = cursor.At;
        if (cursor.Current!.Kind == TermKind.Took)
        {
            cursor.GoTo(cursor.After(cursor.At + 1, TermKind.Function, TermKind.Article));
            if (cursor.Current is { Kind: TermKind.Duration } && cursor.Next is { Kind: TermKind.Postfix })
                return Said(Postfixed(LengthFields()));
            if (cursor.Current is { Kind: TermKind.Between })
                return Range(LengthFields());
            if (cursor.Current is not { Kind: TermKind.Compare })
                return cursor.Back(start);
        }

        var value = cursor.After(cursor.At + 1, TermKind.Article, TermKind.Function);
        if (cursor.Peek(value) is { Kind: TermKind.Duration })
        {
            if (Operated(LengthFields()) is not { } length)
                return cursor.Back(start);
            if (
                _eventSeen
                && cursor.Current is { Text: "after" or "into" }
                && cursor.Peek(cursor.After(cursor.At + 1, TermKind.Article, TermKind.Subject)) is { Kind: TermKind.Began }
            )
                cursor.GoTo(cursor.After(cursor.At + 1, TermKind.Article, TermKind.Subject) + 1);
            else if (
                cursor.Current is
                { Kind: TermKind.Field, Fields: [IntrinsicReference { Intrinsic: Intrinsic.Duration or Intrinsic.TraceDuration }] }
            )
                cursor.Skip();
            return [length];
        }

        if (cursor.Peek(value) is { Kind: TermKind.Number })
        {
            var noun = cursor.After(value + 1, TermKind.Function, TermKind.Prep);
            IReadOnlyList<FieldExpression> names =
                cursor.Peek(noun) is { Kind: TermKind.Field } f ? Catalogued.Narrowed(index, f.Fields)
                : cursor.Peek(noun) is { Kind: TermKind.Kin, Tag: "child" } ? [Field.Of(Intrinsic.ChildCount)]
                : [];
            var own = names.Count > 0;
            if (!own)
                names = Last;
            if (names.Count > 0 && Operated(names) is { } counted)
            {
                if (own)
                    cursor.GoTo(noun + 1);
                return [counted];
            }
        }

        return cursor.Back(start);
    }

    public Clause? Operated(IReadOnlyList<FieldExpression> names)
    {
        var op = Making.Op(cursor.Current!.Tag);
        var at = cursor.After(cursor.At + 1, TermKind.Article, TermKind.Function, TermKind.Filler);
        // "order.total is more than order.limit"
        if (
            cursor.Peek(at) is { Fields: [var other, ..] } field
            && (field.Tag == "written" || field.Kind == TermKind.Name || other is IntrinsicReference)
            && !PhraseBook.IsNoun(names)
            && cursor.Peek(at + 1) is null or { Kind: TermKind.And or TermKind.Or or TermKind.Break or TermKind.Comma or TermKind.Prep }
        )
        {
            cursor.GoTo(at + 1);
            return new Clause { Whole = new FieldBinary(op, names[0], other) };
        }

        if (
            cursor.Peek(at) is not { IsValue: true } value
            || Values.Of(names, value) is not { } literal
            || op != FieldOperator.Equal && !literal.IsNumber
            || literal.Kind == LiteralKind.Duration && !Making.HasLength(names)
            || op != FieldOperator.Equal && literal.Kind != LiteralKind.Duration && !Making.HasNumber(names)
        )
            return null;
        cursor.GoTo(at + 1);
        Last = names;
        return new Clause
        {
            Fields = names,
            Operator = op,
            Value = literal,
        };
    }

    private Clause? Postfixed(IReadOnlyList<FieldExpression> names)
    {
        if (Values.Of(names, cursor.Current!) is not { } literal)
            return null;
        var op = Making.Op(cursor.Next!.Tag);
        cursor.Skip(2);
        return new Clause
        {
            Fields = names,
            Operator = op,
            Value = literal,
        };
    }

    public IReadOnlyList<Clause>? Range(IReadOnlyList<FieldExpression> names)
    {
        var start = cursor.At;
        var low = cursor.After(cursor.At + 1, TermKind.Article, TermKind.Function);
        var high = cursor.After(low + 1, TermKind.And, TermKind.Prep, TermKind.Article);
        if (
            cursor.Peek(low) is not { Kind: TermKind.Number or TermKind.Duration } from
            || cursor.Peek(high) is not { Kind: TermKind.Number or TermKind.Duration } to
        )
            return cursor.Back(start);
        if (from.Kind == TermKind.Number && to.Kind == TermKind.Duration)
            from = to with { Value = from.Value * to.Value / (cursor.Peek(high)!.Value is 0 ? 1 : LeadingNumber(to)) };
        if (Values.Of(names, from) is not { } least || Values.Of(names, to) is not { } most)
            return cursor.Back(start);
        cursor.GoTo(high + 1);
        return
        [
            new Clause
            {
                Fields = names,
                Operator = FieldOperator.GreaterOrEqual,
                Value = least,
            },
            new Clause
            {
                Fields = names,
                Operator = FieldOperator.LessOrEqual,
                Value = most,
                Joint = Joint.And,
            },
        ];
    }

    // "between 100 and 200 ms": the unit belongs to both.
    private static double LeadingNumber(Term term) =>
        double.TryParse(
            new string([.. term.Text.TakeWhile(c => char.IsDigit(c) || c == '.')]),
            System.Globalization.CultureInfo.InvariantCulture,
            out var n
        )
        && n > 0
            ? n
            : 1;

    private static IReadOnlyList<Clause>? Said(Clause? clause) => clause is null ? null : [clause];
}

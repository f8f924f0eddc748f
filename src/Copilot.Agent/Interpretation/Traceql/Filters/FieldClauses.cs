using Copilot.Agent.Interpretation.Linking;
using Copilot.Agent.Interpretation.Traceql.Phrases;
using Copilot.Agent.Interpretation.Traceql.Predicates;
using Copilot.Agent.Interpretation.Traceql.Terms;
using Copilot.TraceQL.Fields;

namespace Copilot.Agent.Interpretation.Traceql.Filters;

/// <summary>Comparisons of attributes: "status code is 500 or 503", "over 2 s", "without a route", "url contains /api/".</summary>
internal sealed class FieldClauses(TermCursor cursor, CatalogueIndex index, bool traces)
{
    private static readonly IReadOnlyList<FieldExpression> OfSpan = [Field.Of(Intrinsic.Duration)];
    private static readonly IReadOnlyList<FieldExpression> OfTrace = [Field.Of(Intrinsic.TraceDuration)];
    private static readonly IReadOnlyList<FieldExpression> OfEvent = [Field.Of(Intrinsic.EventTimeSinceStart)];

    private readonly PatternClauses patterns = new(cursor);
    private IReadOnlyList<FieldExpression> last = [];
    private bool traceSeen, eventSeen;

    /// <summary>The clauses that begin here, with the cursor behind them; null where none does.</summary>
    public IReadOnlyList<Clause>? Read(ref bool denied)
    {
        var term = cursor.Current!;
        traceSeen |= term.Is(TermKind.Subject, "trace");
        eventSeen |= term.Is(TermKind.Subject, "event") || term.Kind == TermKind.Condition && term.Lower.StartsWith("exception", StringComparison.Ordinal) && cursor.Any(t => t.Lower == "within the first");
        return term.Kind switch
        {
            TermKind.Field or TermKind.Name when term.Fields.Count > 0 => OfField(ref denied),
            TermKind.Service when cursor.Peek(cursor.After(cursor.At + 1, TermKind.Whose)) is { Kind: TermKind.Called or TermKind.Field or TermKind.Match or TermKind.Compare } => OfService(ref denied),
            TermKind.With or TermKind.Without => Existing(term.Kind == TermKind.Without),
            TermKind.Compare or TermKind.Took => Compared(),
            TermKind.Between => Range(LengthFields()),
            TermKind.Prep when term.Lower == "from" && cursor.Next is { Kind: TermKind.Duration } && cursor.Peek(cursor.At + 2) is { Kind: TermKind.Prep, Lower: "to" } && cursor.Peek(cursor.At + 3) is { Kind: TermKind.Duration } => Range(LengthFields()),
            TermKind.Duration when cursor.Next is { Kind: TermKind.Postfix } => Said(Postfixed(LengthFields())),
            TermKind.Number when cursor.Peek(cursor.After(cursor.At + 1, TermKind.Function)) is { Kind: TermKind.Field } => ValueFirst(),
            TermKind.Number when cursor.Next is { Kind: TermKind.Postfix, Tag: var tag } && cursor.Peek(cursor.At + 2) is { Kind: TermKind.Field } counted && Making.HasNumber(counted.Fields) => AtLeast(counted, tag),
            TermKind.Name or TermKind.Text or TermKind.Unknown or TermKind.Filler or TermKind.Method when cursor.Next is { Kind: TermKind.Field, Tag: not "written" } => ValueFirst(),
            // "the prod cluster"
            TermKind.Condition when cursor.Next is { Kind: TermKind.Field, Tag: not "written", Fields: [AttributeReference { Scope: AttributeScope.Resource, Name: var name }, ..] } && !name.StartsWith("deployment.", StringComparison.Ordinal)
                && new Clause { Whole = term.Condition }.Key.StartsWith("resource.deployment.", StringComparison.Ordinal) => ValueFirst(),
            TermKind.Unknown or TermKind.Filler when cursor.Next is { Lower: "header" or "headers" } => Header(ref denied),
            TermKind.Unknown or TermKind.Filler when IsWrittenOut() => Continued([Field.Span(term.Text)], cursor.At + 1, ref denied, true),
            _ => null,
        };
    }

    // "3 or more http retries"
    private IReadOnlyList<Clause>? AtLeast(Term counted, string op)
    {
        var names = Catalogued.Narrowed(index, counted.Fields);
        if (Values.Of(names, cursor.Current!) is not { } number)
            return null;
        cursor.Skip(3);
        return [new Clause { Fields = names, Operator = Making.Op(op), Value = number }];
    }

    private IReadOnlyList<FieldExpression> LengthFields() => eventSeen ? OfEvent : traces && traceSeen && (IsTraces() || cursor.Any(t => t.Kind == TermKind.Whole)) ? OfTrace : OfSpan;

    // "traces longer than 2 s", but "traces with spans longer than 2 s" and "traces where checkout took over 2 s".
    private bool IsTraces()
    {
        var before = cursor.Preceding(cursor.At, TermKind.Whose, TermKind.Took, TermKind.Function, TermKind.Filler, TermKind.Copula, TermKind.Not, TermKind.Compare, TermKind.With, TermKind.Prep, TermKind.Break);
        return before is { Kind: TermKind.Subject, Tag: "trace" };
    }

    private IReadOnlyList<Clause>? OfField(ref bool denied)
    {
        var term = cursor.Current!;
        var names = Catalogued.Narrowed(index, term.Fields);
        // "status above 399": the one of HTTP.
        if (names is [IntrinsicReference { Intrinsic: Intrinsic.Status }] && cursor.Peek(cursor.After(cursor.At + 1, TermKind.Copula, TermKind.Compare, TermKind.Between, TermKind.Not)) is { Kind: TermKind.Number })
            names = Catalogued.Narrowed(index, PhraseBook.StartingWith("status").First(p => p.Words is ["status", "code"]).Fields);
        if (names is [IntrinsicReference { Intrinsic: Intrinsic.Name }] && cursor.Preceding(cursor.At, TermKind.Whose, TermKind.Article, TermKind.With) is { Kind: TermKind.Subject, Tag: "event" })
            names = [Field.Of(Intrinsic.EventName)];
        if (term.Fields is [IntrinsicReference { Intrinsic: Intrinsic.Duration }] && traces && cursor.Preceding(cursor.At, TermKind.Whose, TermKind.Function, TermKind.Article, TermKind.Prep, TermKind.With) is { Kind: TermKind.Subject, Tag: "trace" })
            names = OfTrace;
        // "gRPC calls to the method …": the one of RPC.
        if (term.Lower is "method" or "methods" && cursor.Any(t => t is { Kind: TermKind.Condition, Lower: "grpc" or "rpc" }) && cursor.Next is not { Kind: TermKind.Method })
            names = Catalogued.Narrowed(index, PhraseBook.StartingWith("rpc").First(p => p.Words is ["rpc", "method"]).Fields);
        return Continued(names, cursor.At + 1, ref denied, term.Kind == TermKind.Name);
    }

    private IReadOnlyList<Clause>? OfService(ref bool denied) => Continued([Field.Resource("service.name")], cursor.At + 1, ref denied, false);

    private IReadOnlyList<Clause>? Header(ref bool denied)
    {
        var name = cursor.Current!.Text;
        return Continued([Field.Span("http.request.header." + name)], cursor.At + 2, ref denied, false);
    }

    // "where foo is bar", "foo >= 3": a name that nobody knows, taken at its word.
    private bool IsWrittenOut()
    {
        var at = cursor.After(cursor.At + 1, TermKind.Copula, TermKind.Not);
        var compares = at > cursor.At + 1 || cursor.Peek(at) is { Kind: TermKind.Compare or TermKind.Match };
        var symbol = cursor.Next is { } next && next.Text.Length > 0 && !char.IsLetter(next.Text[0]);
        var value = cursor.Peek(at) is { Kind: TermKind.Compare or TermKind.Match } ? at + 1 : at;
        // "that used over 2000 output tokens": what is compared is said behind the number.
        if (cursor.Peek(value) is { Kind: TermKind.Number } && cursor.Peek(value + 1) is { Kind: TermKind.Field or TermKind.Unknown or TermKind.Subject or TermKind.Kin })
            return false;
        return compares && (cursor.Before is { Kind: TermKind.Whose } || symbol) && cursor.Peek(value) is { IsValue: true };
    }

    private IReadOnlyList<Clause>? Continued(IReadOnlyList<FieldExpression> names, int from, ref bool denied, bool needsValue)
    {
        var start = cursor.At;
        last = names;
        var at = from;
        if (cursor.Peek(at) is { Lower: "header" or "headers" or "attribute" or "attributes" or "field" or "tag" })
            at++;
        if (cursor.Peek(cursor.After(at, TermKind.Whose)) is { Kind: TermKind.Called or TermKind.Field, Lower: "name" or "name is" or "called" or "named" })
            at = cursor.After(at, TermKind.Whose) + 1;
        var spoken = at > from;
        while (cursor.Peek(at) is { } skipped && (skipped.Kind is TermKind.Copula or TermKind.Filler or TermKind.Took or TermKind.Not or TermKind.Called || skipped.Kind == TermKind.Function && skipped.Lower is not ("and" or "then" or "?")
            || skipped.Kind == TermKind.Article && at > from || skipped.Kind == TermKind.Whose && cursor.Peek(at + 1) is { Kind: TermKind.Copula or TermKind.Compare or TermKind.Match }))
        {
            denied ^= skipped.Kind == TermKind.Not;
            spoken |= skipped.Kind is TermKind.Copula or TermKind.Not;
            at++;
        }

        cursor.GoTo(at);
        switch (cursor.Current?.Kind)
        {
            case TermKind.Absent:
                cursor.Skip();
                return [Making.Missing(names, false)];
            case TermKind.Present:
                cursor.Skip();
                return [Making.Missing(names, true)];
            case TermKind.Match:
                return patterns.Read(names);
            case TermKind.Compare or TermKind.Between:
                return cursor.Current!.Kind == TermKind.Between ? Range(names) : Operated(names) is { } compared ? Said(compared) : Back(start);
            case TermKind.With or TermKind.Whose or TermKind.Prep when spoken is false && names is not [IntrinsicReference]:
                return Back(start);
        }

        // "namespace foo", "status error", "region eu-west-0": a value right after the noun.
        if (Value(names) is not { } value)
            return needsValue && !spoken ? Back(start) : Back(start);
        if (value.Operator == FieldOperator.Equal && cursor.Current is { Kind: TermKind.Postfix })
            value = value with { Operator = Making.Op(cursor.Current!.Tag), };
        if (cursor.Current is { Kind: TermKind.Postfix })
            cursor.Skip();
        return More(names, value);
    }

    private IReadOnlyList<Clause>? Back(int start)
    {
        cursor.GoTo(start);
        return null;
    }

    /// <summary>Further values of the same attribute: "500, 502 or 503".</summary>
    private IReadOnlyList<Clause> More(IReadOnlyList<FieldExpression> names, Clause first)
    {
        var all = new List<Clause> { first };
        while (true)
        {
            var at = cursor.After(cursor.At, TermKind.Comma, TermKind.Or, TermKind.And, TermKind.Both, TermKind.Article);
            var joints = Enumerable.Range(cursor.At, at - cursor.At).Select(k => cursor.Peek(k)!.Kind).ToList();
            if (at == cursor.At || !joints.Any(k => k is TermKind.Or or TermKind.Comma or TermKind.And) || cursor.Peek(at) is not { IsValue: true } next ||
                cursor.Peek(at + 1) is { Kind: TermKind.Copula or TermKind.Compare or TermKind.Match or TermKind.Field or TermKind.Subject or TermKind.Service } ||
                first.Value.Kind != Values.Of(names, next)?.Kind || joints is [TermKind.And] && next.Kind == TermKind.Unknown)
                return all;
            var start = cursor.At;
            cursor.GoTo(at);
            if (Value(names) is not { } more)
            {
                cursor.GoTo(start);
                return all;
            }

            all.Add(more with { Operator = first.Operator, Joint = joints.Contains(TermKind.Comma) && !joints.Contains(TermKind.Or) && !joints.Contains(TermKind.And) ? Joint.Comma : first.Operator == FieldOperator.NotEqual ? Joint.And : Joint.Or });
        }
    }

    private IReadOnlyList<Clause>? Existing(bool missing)
    {
        var at = cursor.After(cursor.At + 1, TermKind.Article, TermKind.Function, TermKind.Both, TermKind.Filler);
        var start = cursor.At;
        var found = new List<Clause>();
        while (cursor.Peek(at) is { } noun && (noun.Kind == TermKind.Field || noun.Kind is TermKind.Name && noun.Fields.Count > 0) && !Compares(at + 1))
        {
            found.Add(Making.Missing(Catalogued.Narrowed(index, noun.Fields), !missing) with { Joint = found.Count == 0 ? Joint.Beside : missing ? Joint.Or : Joint.And });
            var next = cursor.After(at + 1, TermKind.Comma, TermKind.Or, TermKind.And, TermKind.Article, TermKind.Function);
            cursor.GoTo(at + 1);
            if (next == at + 1)
                break;
            if (cursor.Peek(next - 1) is { Kind: TermKind.And } && cursor.Peek(next) is { Kind: TermKind.Field } && found.Count > 0 && !missing)
            {
                at = next;
                continue;
            }

            at = next;
        }

        if (found.Count > 0)
            return Tailed(found);
        if (!missing && cursor.Peek(at) is { Kind: TermKind.Subject, Tag: "event" or "link" } part && cursor.Before is { Kind: TermKind.Subject, Tag: "span" or "request" or "call" } && cursor.Peek(at + 1) is null or { Kind: TermKind.Break or TermKind.Comma or TermKind.And or TermKind.Prep })
        {
            cursor.GoTo(at + 1);
            return [Making.Missing([Field.Of(part.Tag == "event" ? Intrinsic.EventName : Intrinsic.LinkTraceId)], true)];
        }

        if (missing && cursor.Peek(at) is { Kind: TermKind.Condition, Condition: { } condition })
        {
            cursor.GoTo(at + 1);
            return [new Clause { Whole = Negation.Of(condition) }];
        }

        return Back(start);
    }

    // "without an exception message on any event": where the attribute hangs is known.
    private IReadOnlyList<Clause> Tailed(List<Clause> found)
    {
        if (cursor.Current is { Kind: TermKind.Prep } && cursor.Peek(cursor.After(cursor.At + 1, TermKind.Function, TermKind.Article, TermKind.Single)) is { Lower: "event" or "events" or "link" or "links" })
            cursor.GoTo(cursor.After(cursor.At + 1, TermKind.Function, TermKind.Article, TermKind.Single) + 1);
        return found;
    }

    private bool Compares(int at)
    {
        var from = at;
        at = cursor.After(at, TermKind.Copula, TermKind.Not);
        return cursor.Peek(at) is { } next && (at > from && next is { Kind: TermKind.Unknown } || IsBare(from) || next.Kind is TermKind.Compare or TermKind.Match or TermKind.Between or TermKind.Absent or TermKind.Present or TermKind.Called || next.IsValue && next.Kind is not TermKind.Unknown || next.Kind == TermKind.Condition && (cursor.Peek(at - 1) is { Kind: TermKind.Copula } || cursor.Peek(at - 1) is { Kind: TermKind.Field } field && field.Fields.Any(f => f.ToString() == new Clause { Whole = next.Condition }.Key)));
    }

    // "spans with thread.name main"
    private bool IsBare(int at) => cursor.Peek(at) is { Kind: TermKind.Unknown, Lower: not ("attribute" or "attributes" or "tag" or "tags" or "field") } && cursor.Peek(at - 1) is { Kind: TermKind.Field, Tag: "written" }
        && cursor.Peek(at + 1) is null or { Kind: TermKind.And or TermKind.Or or TermKind.Comma or TermKind.Break or TermKind.With or TermKind.Without or TermKind.Whose or TermKind.Prep };

    /// <summary>"over 2 s", "took more than 2 s", "more than 5 retries", "and under 300" after a status code.</summary>
    private IReadOnlyList<Clause>? Compared()
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
                return Back(start);
        }

        var value = cursor.After(cursor.At + 1, TermKind.Article, TermKind.Function);
        if (cursor.Peek(value) is { Kind: TermKind.Duration })
        {
            if (Operated(LengthFields()) is not { } length)
                return Back(start);
            if (eventSeen && cursor.Current is { Text: "after" or "into" } && cursor.Peek(cursor.After(cursor.At + 1, TermKind.Article, TermKind.Subject)) is { Kind: TermKind.Began })
                cursor.GoTo(cursor.After(cursor.At + 1, TermKind.Article, TermKind.Subject) + 1);
            else if (cursor.Current is { Kind: TermKind.Field, Fields: [IntrinsicReference { Intrinsic: Intrinsic.Duration or Intrinsic.TraceDuration }] })
                cursor.Skip();
            return [length];
        }

        if (cursor.Peek(value) is { Kind: TermKind.Number })
        {
            var noun = cursor.After(value + 1, TermKind.Function, TermKind.Prep);
            IReadOnlyList<FieldExpression> names = cursor.Peek(noun) is { Kind: TermKind.Field } f ? Catalogued.Narrowed(index, f.Fields) : cursor.Peek(noun) is { Kind: TermKind.Kin, Tag: "child" } ? [Field.Of(Intrinsic.ChildCount)] : [];
            var own = names.Count > 0;
            if (!own)
                names = last;
            if (names.Count > 0 && Operated(names) is { } counted)
            {
                if (own)
                    cursor.GoTo(noun + 1);
                return [counted];
            }
        }

        return Back(start);
    }

    private Clause? Operated(IReadOnlyList<FieldExpression> names)
    {
        var op = Making.Op(cursor.Current!.Tag);
        var at = cursor.After(cursor.At + 1, TermKind.Article, TermKind.Function, TermKind.Filler);
        // "order.total is more than order.limit"
        if (cursor.Peek(at) is { Fields: [var other, ..] } field && (field.Tag == "written" || field.Kind == TermKind.Name || other is IntrinsicReference) && !PhraseBook.IsNoun(names) && cursor.Peek(at + 1) is null or { Kind: TermKind.And or TermKind.Or or TermKind.Break or TermKind.Comma or TermKind.Prep })
        {
            cursor.GoTo(at + 1);
            return new Clause { Whole = new FieldBinary(op, names[0], other) };
        }

        if (cursor.Peek(at) is not { IsValue: true } value || Values.Of(names, value) is not { } literal || op != FieldOperator.Equal && !literal.IsNumber || literal.Kind == LiteralKind.Duration && !Making.HasLength(names) || op != FieldOperator.Equal && literal.Kind != LiteralKind.Duration && !Making.HasNumber(names))
            return null;
        cursor.GoTo(at + 1);
        last = names;
        return new Clause { Fields = names, Operator = op, Value = literal };
    }

    private Clause? Postfixed(IReadOnlyList<FieldExpression> names)
    {
        if (Values.Of(names, cursor.Current!) is not { } literal)
            return null;
        var op = Making.Op(cursor.Next!.Tag);
        cursor.Skip(2);
        return new Clause { Fields = names, Operator = op, Value = literal };
    }

    private IReadOnlyList<Clause>? Range(IReadOnlyList<FieldExpression> names)
    {
        var start = cursor.At;
        var low = cursor.After(cursor.At + 1, TermKind.Article, TermKind.Function);
        var high = cursor.After(low + 1, TermKind.And, TermKind.Prep, TermKind.Article);
        if (cursor.Peek(low) is not { Kind: TermKind.Number or TermKind.Duration } from || cursor.Peek(high) is not { Kind: TermKind.Number or TermKind.Duration } to)
            return Back(start);
        if (from.Kind == TermKind.Number && to.Kind == TermKind.Duration)
            from = to with { Value = from.Value * to.Value / (cursor.Peek(high)!.Value is 0 ? 1 : LeadingNumber(to)) };
        if (Values.Of(names, from) is not { } least || Values.Of(names, to) is not { } most)
            return Back(start);
        cursor.GoTo(high + 1);
        return [new Clause { Fields = names, Operator = FieldOperator.GreaterOrEqual, Value = least }, new Clause { Fields = names, Operator = FieldOperator.LessOrEqual, Value = most, Joint = Joint.And }];
    }

    // "between 100 and 200 ms": the unit belongs to both.
    private static double LeadingNumber(Term term) =>
        double.TryParse(new string([.. term.Text.TakeWhile(c => char.IsDigit(c) || c == '.')]), System.Globalization.CultureInfo.InvariantCulture, out var n) && n > 0 ? n : 1;

    private IReadOnlyList<Clause>? ValueFirst()
    {
        var value = cursor.Current!;
        var noun = cursor.After(cursor.At + 1, TermKind.Function);
        var field = cursor.Peek(noun)!;
        // "the flaky endpoints": a word before a plural noun is seldom the name of one.
        if (value.Kind is TermKind.Unknown && field.Lower.EndsWith('s') && PhraseBook.Knows(field.Lower[..^1]))
            return null;
        if (value.Kind == TermKind.Filler && !(cursor.Before is { Kind: TermKind.Article, Lower: "the" } && field.Fields is [AttributeReference { Scope: AttributeScope.Resource }, ..]) || !(field.Lower == "operation" && cursor.Before is { Kind: TermKind.Article } or { Kind: TermKind.Prep }) && field.Fields is [IntrinsicReference { Intrinsic: not (Intrinsic.ChildCount or Intrinsic.RootName or Intrinsic.RootServiceName or Intrinsic.InstrumentationName or Intrinsic.InstrumentationVersion) }] || Compares(noun + 1) && cursor.Peek(noun + 1) is not { Kind: TermKind.Unknown } && !(cursor.Peek(noun + 2) is { Kind: TermKind.Duration } && !Making.HasLength(field.Fields)))
            return null;
        var names = Catalogued.Narrowed(index, field.Fields);
        if (Values.Of(names, value) is not { } literal || cursor.Before is { Kind: TermKind.By or TermKind.Top } || value.Kind == TermKind.Unknown && cursor.Before is { Kind: TermKind.Function } or null && value.Kind == TermKind.Unknown)
            return null;
        cursor.GoTo(noun + 1);
        last = names;
        return [new Clause { Fields = names, Value = literal }];
    }

    /// <summary>The value that stands here, if it fits the attribute.</summary>
    private Clause? Value(IReadOnlyList<FieldExpression> names)
    {
        var at = cursor.After(cursor.At, TermKind.Article, TermKind.Both);
        if (cursor.Peek(at) is not { } term)
            return null;
        if (term is { Kind: TermKind.Condition, Condition: { } condition })
        {
            if (new Clause { Whole = condition }.Key is var key && names.Any(n => n.ToString() == key))
            {
                cursor.GoTo(at + 1);
                return new Clause { Whole = condition };
            }

            // "the process postgres": the noun says what is called so.
            var named = cursor.Before is { Kind: TermKind.Field, Tag: not "written" } && names is [AttributeReference { Scope: AttributeScope.Resource }, ..] && condition is FieldBinary && cursor.Preceding(cursor.At - 1) is { Kind: TermKind.Article or TermKind.Prep };
            if (names is [IntrinsicReference] || at != cursor.At || cursor.Before is not { Kind: TermKind.Copula } && !named)
                return null;
            cursor.GoTo(at + 1);
            return new Clause { Fields = names, Value = Literal.Of(term.Text) };
        }

        if (!term.IsValue && !(term is { Kind: TermKind.Field, Tag: "written" } && cursor.Before is { Kind: TermKind.Copula or TermKind.Called } or { Kind: TermKind.Field, Tag: not "written" }) || term.Kind == TermKind.Unknown && cursor.Peek(at + 1) is { Kind: TermKind.Subject } || Values.Of(names, term) is not { } literal)
            return null;
        cursor.GoTo(at + 1);
        var text = term.Text;
        if (cursor.Current is { Text: "*" } && literal.Kind == LiteralKind.Text)
        {
            cursor.Skip();
            return new Clause { Fields = names, Operator = FieldOperator.Matches, Value = Literal.Of(Values.Pattern("prefix", text)) };
        }

        return new Clause { Fields = names, Value = literal };
    }

    private static IReadOnlyList<Clause>? Said(Clause? clause) => clause is null ? null : [clause];
}

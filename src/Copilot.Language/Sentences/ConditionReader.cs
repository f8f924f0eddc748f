using System.Globalization;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Tokens;

namespace Copilot.Language.Sentences;

/// <summary>Conditions on attributes: key, comparison and value in any order, values alone, status codes, durations of requests.</summary>
internal sealed partial class ConditionReader(Sentence sentence, IReadOnlyList<ServiceReference> services)
{
    private readonly List<AttributeCondition> _conditions = [];

    public IReadOnlyList<AttributeCondition> Read()
    {
        var named = GrpcStatuses.Read(sentence, _conditions, services);
        foreach (var key in sentence.LinksOf(LinkKind.Key).Where(k => !named.Contains(k.Start)).ToList())
            Keyed(key);
        foreach (var (target, op, value, start, end) in Quantities.Read(sentence, services))
            Add(target, op, value, start, end);
        foreach (var (target, op, value, start, end) in Amounts.Read(sentence, services).ToList())
            Add(target, op, value, start, end);
        StatusCodes.Read(sentence, _conditions, services);
        foreach (var value in sentence.LinksOf(LinkKind.Value).ToList())
            Valued(value);
        return MergedConditions.Of(_conditions);
    }

    // "'text' inside search.terms", "a search.terms in which 'text' occurs"
    private int? Containing(Link key)
    {
        bool IsQuoted(int i) =>
            i >= 0 && i < sentence.Tokens.Count && sentence.Tokens[i].Kind == WordTokenKind.Quoted && sentence.LinkAt(i) is null;
        if (IsQuoted(key.Start - 2) && sentence.WordAt(key.Start - 1) is { } place && WordRoles.Holding.Contains(place))
            return key.Start - 2;
        var at = key.End;
        while (at < key.End + 3 && sentence.MeansAt(at, Concept.Preposition, Concept.Which, Concept.Pronoun))
            at++;
        return IsQuoted(at) && sentence.WordAt(at + 1) is { } verb && WordRoles.Occurring.Contains(verb) ? at : null;
    }

    private void Keyed(Link key)
    {
        var target = AttributeReader.Ranked(key.Targets, services).First();
        if (key.Quality >= Identifiers.OfOneThing)
        {
            Identified(key, target);
            return;
        }

        if (Between(key, target))
            return;
        if (Capitals(key) is { } capitals)
        {
            Add(target, ConditionOperator.Equal, capitals.Text, key.Start, capitals.End);
            return;
        }

        if (Containing(key) is { } quoted)
        {
            Add(
                target,
                ConditionOperator.Contains,
                sentence.Tokens[quoted].Text,
                Math.Min(quoted, key.Start),
                Math.Max(quoted + 1, key.End)
            );
            return;
        }

        var (op, at) = OperatorAt(key.End);
        var colon = at == key.End && key.End < sentence.Tokens.Count && sentence.Tokens[key.End].Glue == ':';
        if (op is ConditionOperator.Exists or ConditionOperator.Missing)
        {
            Add(target, op.Value, [], key.Start, at);
            return;
        }

        if (
            (op is not null || colon)
            && Literal(at, target) is { } literal
            && (sentence.ConceptAt(key.End) is { Concept: not (Concept.Pronoun or Concept.Which) } || colon || Told(at, target))
        )
        {
            // "waited over 10 s" of "queue.wait_ms"
            if (sentence.Tokens[at].Kind == WordTokenKind.Duration && Numeric(key) is { } timed && Quantities.Unit(timed.Key!) is { } nanos)
                Add(timed, op ?? ConditionOperator.Equal, Quantities.Number(sentence.Tokens[at].Value / nanos), key.Start, literal.End);
            else
                Add(Typed(key, literal.Text) ?? target, op ?? ConditionOperator.Equal, literal.Text, key.Start, literal.End);
            return;
        }

        if (op is null && sentence.WordAt(key.End) is "true" or "false")
        {
            Add(target, ConditionOperator.Equal, sentence.WordAt(key.End)!, key.Start, key.End + 1);
            return;
        }

        // "rebuffers of 1 or more"
        if (
            op is null
            && sentence.MeansAt(key.End, Concept.Preposition)
            && key.End + 2 < sentence.Tokens.Count
            && AttributeReader.IsPlainNumber(sentence, key.End + 1)
            && sentence.ConceptAt(key.End + 2) is { Concept: Concept.AtLeast or Concept.AtMost } least
        )
        {
            Add(Numeric(key) ?? target, Operators.Of(least.Concept)!.Value, sentence.Tokens[key.End + 1].Text, key.Start, least.End);
            return;
        }

        if (Before(key) is { } before)
        {
            Add(Numeric(key) ?? target, before.Operator, before.Value, before.Start, key.End);
            return;
        }

        // "plan 9", "order 1234": a number right behind a key is its value, unless a time begins there.
        if (
            op is null
            && key.End < sentence.Tokens.Count
            && sentence.TimeAt(key.End) is null
            && sentence.Tokens[key.End].Kind is WordTokenKind.Number or WordTokenKind.Quoted
            && !AttributeReader.IsRankNumber(sentence, key.End)
        )
        {
            Add(
                target,
                Negations.Before(sentence, key.Start) ? ConditionOperator.NotEqual : ConditionOperator.Equal,
                sentence.Tokens[key.End].Text,
                key.Start,
                key.End + 1
            );
            return;
        }

        // "tenant acme-fr": a name that no value of the key has is still its value.
        if (op is null && key.Quality > 0.8 && target.Type != "bool" && Unknown(key) is { } unknown)
        {
            Add(
                target,
                Negations.Before(sentence, key.Start) ? ConditionOperator.NotEqual : ConditionOperator.Equal,
                unknown.Text,
                key.Start,
                unknown.End
            );
            return;
        }

        // "shipments" only begins "shipment.fragile".
        if (
            target.Type == "bool"
            && key.Quality > AttributeLinks.OfNamespace
            && (key.Quality is not (> 0.80 and < 0.82) || IsAloneMeant(key))
            // "were hit by that": a phrase that only begins like the attribute.
            && !(sentence.MarkAt(key.Start) is { } phrase && phrase.End > key.End)
            && Adjective(key)
        )
        {
            Add(target, ConditionOperator.Equal, Negations.Before(sentence, key.Start) ? "false" : "true", key.Start, key.End);
            for (
                var i = key.End;
                IsNoun(key.End) && i < sentence.Tokens.Count && sentence.Tokens[i].Group == sentence.Tokens[key.End].Group;
                i++
            )
                sentence.Use(i, i + 1);
        }
    }

    // "operator is NOT": an operator's word in capitals is the value that is written so.
    private (string Text, int End)? Capitals(Link key)
    {
        var at = key.End;
        while (sentence.WordAt(at) is "is" or "=" or "==" or "was" or "equals")
            at++;
        return
            at < sentence.Tokens.Count
            && sentence.Tokens[at] is { Kind: WordTokenKind.Word } wordToken
            && wordToken.Text is "AND" or "OR" or "NOT"
            && sentence
                .Index.Attributes.ByRawValue(sentence.Tokens[at].Text)
                .Any(v => v.Name == sentence.Tokens[at].Text && key.Targets.Any(k => k.Key == v.Key))
            ? (sentence.Tokens[at].Text, at + 1)
            : null;
    }

    private (string Text, int End)? Unknown(Link key)
    {
        var at = key.End;
        if (
            at >= sentence.Tokens.Count
            || sentence.Tokens[at].Kind != WordTokenKind.Word
            || sentence.LinkAt(at) is not null
            || sentence.TimeAt(at) is not null
            || sentence.Tokens[at].Glue != '\0'
            || sentence.MeansAt(at, Concept.Gloss)
            || sentence.MeansAt(at + 1, Concept.Gloss)
        )
            return null;
        var end = at + 1;
        while (end < sentence.Tokens.Count && sentence.Tokens[end].Group == sentence.Tokens[at].Group)
            end++;
        var plain = Enumerable
            .Range(at, end - at)
            .All(i => FillerWords.IsOrdinary(sentence.Tokens[i].Lower) || sentence.ConceptAt(i) is not null);
        var upper = sentence.Tokens[at].Text.Length > 1 && sentence.Tokens[at].Text.All(c => char.IsUpper(c) || char.IsDigit(c));
        var placed =
            sentence.WordAt(key.Start - 1) is "for" or "of" or "with" or "from" or "in" or "für" or "von" or "mit" or "=" or "only";
        return !plain && (end - at > 1 || placed || upper || sentence.Tokens[at].Text.Any(char.IsDigit))
            ? (sentence.Words(at, end), end)
            : null;
    }

    // "currency is CHF" tells a value, "which tier is affected" does not.
    private bool Told(int at, LinkTarget target) =>
        sentence.LinkAt(at) is { Kind: LinkKind.Value }
        || sentence.Tokens[at].Kind is WordTokenKind.Number or WordTokenKind.Quoted or WordTokenKind.Version
        || target.Type == "bool" && sentence.Tokens[at].Lower is "true" or "false"
        || sentence.Tokens[at].Kind == WordTokenKind.Word
            && sentence.ConceptAt(at) is null
            && !FillerWords.IsOrdinary(sentence.Tokens[at].Lower)
            && sentence.LinkAt(at) is null;

    // "VIPs only"
    private bool IsAloneMeant(Link key) =>
        sentence.MeansAt(key.End, Concept.FollowUp, Concept.OnlyFor) || sentence.MeansAt(key.Start - 1, Concept.OnlyFor);

    private bool Adjective(Link key) =>
        sentence.ConceptAt(key.End)?.Concept is Concept.Request or Concept.Trace or Concept.Operation
        || sentence.WordAt(key.End) is "ones"
        // "VIPs only"
        || key.Length == 1 && WordStem.IsPlural(sentence.Tokens[key.Start].Lower)
        // "VIP customers"
        || sentence.MeansAt(key.End, Concept.Person) && WordStem.IsPlural(sentence.Tokens[key.End].Lower)
        || sentence.ConceptAt(key.Start - 1)?.Concept is Concept.Count
        || IsNoun(key.End) && !AttributeReader.IsGrouping(sentence, key)
        || sentence.MeansAt(key.Start - 1, Concept.Request) && sentence.MeansAt(key.Start - 2, Concept.Be)
        || sentence.WordAt(key.Start - 1) is "were" or "was" or "are" or "is" or "with" or "had" or "having" or "not" or "non"
        || sentence.LinkAt(key.End) is { Kind: LinkKind.Service or LinkKind.Operation };

    // "trial sign-ups", "fragile shipments": a thing of which the word tells the kind.
    private bool IsNoun(int at) =>
        at < sentence.Tokens.Count
        && sentence.Tokens[at] is { Kind: WordTokenKind.Word, Glue: '\0' } wordToken
        && sentence.TimeAt(at) is null
        && sentence.ConceptAt(at) is null
        && !FillerWords.IsFiller(wordToken.Lower)
        && sentence.LinkAt(at) is null or { Kind: LinkKind.Key, Quality: <= AttributeLinks.OfNamespace };

    private (ConditionOperator? Operator, int Next) OperatorAt(int at)
    {
        var i = at;
        var negated = false;
        while (
            sentence.WordAt(i)
                is "is"
                    or "was"
                    or "are"
                    or "were"
                    or "be"
                    or "has"
                    or "to"
                    or "not"
                    or "does"
                    or "do"
                    or "that"
                    or "the"
                    or "of"
                    or "="
            && (sentence.ConceptAt(i)?.Concept is null or Concept.Pronoun || AttributeReader.IsLiteral(sentence, i + 1))
        )
        {
            negated |= sentence.WordAt(i) is "not";
            i++;
        }

        var mark = sentence.ConceptAt(i);
        if (mark is not null && mark.Start == i && Operators.Of(mark.Concept) is { } op)
        {
            var next = mark.End;
            if (sentence.WordAt(next) is "to" or "than" or "the" or "text" or "=")
                next++;
            return (negated ? Operators.Negated(op) : op, next);
        }

        return i > at && sentence.WordAt(i - 1) is "is" or "was" or "not" or "="
            ? (negated ? ConditionOperator.NotEqual : ConditionOperator.Equal, i)
            : (null, at);
    }

    private (string Text, int End)? Literal(int at, LinkTarget target)
    {
        if (at >= sentence.Tokens.Count || sentence.TimeAt(at) is not null)
            return null;
        if (sentence.LinkAt(at) is { Kind: LinkKind.Value } link && link.Start == at)
            return ((link.Targets.FirstOrDefault(t => t.Key == target.Key) ?? link.Targets[0]).Name, link.End);
        var wordToken = sentence.Tokens[at];
        if (
            wordToken.Kind == WordTokenKind.Symbol
            || wordToken.Kind == WordTokenKind.Word
                && FillerWords.IsFiller(wordToken.Lower)
                && wordToken.Lower is not ("true" or "false" or "yes" or "no")
        )
            return null;
        var end = at + 1;
        while (end < sentence.Tokens.Count && sentence.Tokens[end].Group == wordToken.Group)
            end++;
        var text = sentence.Words(at, end);
        if (target.Type == "bool")
            text =
                text is "yes" or "True" or "TRUE" ? "true"
                : text is "no" or "False" or "FALSE" ? "false"
                : text;
        return (text, end);
    }

    private LinkTarget? Numeric(Link key) =>
        AttributeReader.Ranked(key.Targets.Where(t => t.Type is "int" or "double"), services).FirstOrDefault();

    private LinkTarget? Typed(Link key, string literal) =>
        double.TryParse(literal, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? Numeric(key) : null;

    private void Valued(Link value)
    {
        if (sentence.IsUsed(value.Start))
            return;
        var keyed = sentence
            .LinksOf(LinkKind.Key)
            .Where(k => Math.Abs(k.End - value.Start) <= 2 || Math.Abs(value.End - k.Start) <= 1)
            .FirstOrDefault(k => k.Targets.Any(t => value.Targets.Any(v => v.Key == t.Key)));
        var targets = keyed is null ? value.Targets : [.. value.Targets.Where(v => keyed.Targets.Any(k => k.Key == v.Key))];
        var target = AttributeReader.Ranked(Directed(value, targets), services).First();
        // A service that does not carry the value at all is not filtered by it, unless the value is all there is.
        var op =
            Negations.Before(sentence, keyed is null ? value.Start : Math.Min(value.Start, keyed.Start))
            || ServiceReader.IsLeftOut(sentence, value)
                ? ConditionOperator.NotEqual
                : ConditionOperator.Equal;
        Add(
            target,
            op,
            target.Name,
            keyed is null ? value.Start : Math.Min(value.Start, keyed.Start),
            keyed is null ? value.End : Math.Max(value.End, keyed.End)
        );
    }

    private void Add(LinkTarget target, ConditionOperator op, string value, int start, int end) => Add(target, op, [value], start, end);

    private void Add(LinkTarget target, ConditionOperator op, IReadOnlyList<string> values, int start, int end)
    {
        // "waited more than half a second" is no text of a number.
        if (
            target.Type is "int" or "double"
            && op
                is ConditionOperator.Greater
                    or ConditionOperator.GreaterOrEqual
                    or ConditionOperator.Less
                    or ConditionOperator.LessOrEqual
            && !values.All(v => double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        )
            return;
        var words = sentence.Words(start, end);
        sentence.Use(start, end);
        if (
            start > 0
            && sentence.ConceptAt(start - 1)
                is { Concept: Concept.Without or Concept.NotEquals or Concept.OnlyFor or Concept.Greater or Concept.Less } mark
        )
            sentence.Use(mark);
        var type = target.Type switch
        {
            "int" or "double" when values.All(v => double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) =>
                ConditionValueType.Number,
            "bool" when values.All(v => bool.TryParse(v, out _)) => ConditionValueType.Boolean,
            _ => ConditionValueType.Text,
        };
        if (type == ConditionValueType.Boolean)
            values = [.. values.Select(v => v.ToLowerInvariant())];
        // "2500 kbps" of "bitrate_kbps", "50 kB" of "payload.bytes": the unit stands in the key.
        if (
            type == ConditionValueType.Number
            && end < sentence.Tokens.Count
            && Quantities.Factor(sentence.Tokens[end].Text, target.Key) is { } factor
        )
        {
            sentence.Use(end, end + 1);
            values = [.. values.Select(v => Quantities.Times(v, factor))];
        }

        var onEntry = services.Count == 0 ? target.EntryServices.Count > 0 : services.Any(s => target.EntryServices.Contains(s.Name));
        _conditions.Add(new AttributeCondition(target.Scope, target.Key, op, values, type, onEntry, words));
    }
}

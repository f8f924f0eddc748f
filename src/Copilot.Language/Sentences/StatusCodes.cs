using System.Globalization;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Tokens;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Sentences;

/// <summary>HTTP status codes: "503s", "HTTP 404", "returned 402", "4xx".</summary>
internal static class StatusCodes
{
    /// <summary>As OpenTelemetry calls it today, and as it did before: systems have both at once.</summary>
    private static readonly IReadOnlyList<string> Keys = FieldWords.KeysOf("statuscode");

    public static void Read(Sentence sentence, List<AttributeCondition> conditions, IReadOnlyList<ServiceReference> services)
    {
        for (var i = 0; i < sentence.Tokens.Count; i++)
        {
            if (sentence.IsUsed(i) || sentence.TimeAt(i) is not null)
                continue;
            var wordToken = sentence.Tokens[i];
            if (wordToken.Kind == WordTokenKind.Word && wordToken.Lower is "4xx" or "4xxs" or "3xx" or "2xx")
            {
                var low = (wordToken.Lower[0] - '0') * 100;
                Add(sentence, conditions, services, ConditionOperator.GreaterOrEqual, low, i);
                Add(sentence, conditions, services, ConditionOperator.Less, low + 100, i);
            }
            else if (Code(sentence, i) is { } code)
            {
                Add(sentence, conditions, services, ConditionOperator.Equal, code, i);
            }
        }
    }

    /// <summary>Codes that responses really bear; any other number is a number.</summary>
    private static bool IsUsual(int code) =>
        code
            is (>= 200 and <= 206)
                or 301
                or 302
                or 303
                or 304
                or 307
                or 308
                or (>= 400 and <= 418)
                or (>= 421 and <= 431)
                or 451
                or 499
                or (>= 500 and <= 511);

    // "that came back 402": nothing else that the number could be.
    private static bool StandsAlone(Sentence sentence, int i) =>
        IsUsual((int)sentence.Tokens[i].Value)
        && sentence.LinkAt(i - 1) is not { Kind: LinkKind.Key }
        && !sentence.MeansAt(
            i - 1,
            Lexicon.Concept.Greater,
            Lexicon.Concept.Less,
            Lexicon.Concept.AtLeast,
            Lexicon.Concept.AtMost,
            Lexicon.Concept.Top,
            Lexicon.Concept.Slowest
        )
        && sentence.LinkAt(i + 1) is not { Kind: LinkKind.Key }
        && !(
            i + 1 < sentence.Tokens.Count
            && (Quantities.IsUnit(sentence.Tokens[i + 1].Text) || sentence.MeansAt(i + 1, Lexicon.Concept.Request, Lexicon.Concept.Trace))
        );

    private static int? Code(Sentence sentence, int i)
    {
        var wordToken = sentence.Tokens[i];
        if (
            wordToken.Kind is WordTokenKind.Word or WordTokenKind.Duration
            && wordToken.Lower.Length == 4
            && wordToken.Lower[3] == 's'
            && wordToken.Lower[..3].All(char.IsDigit)
        )
            return Valid(int.Parse(wordToken.Lower[..3], CultureInfo.InvariantCulture));
        if (wordToken.Kind != WordTokenKind.Number || wordToken.Text.Length != 3 || Valid((int)wordToken.Value) is null)
            return null;
        var before = sentence.WordAt(i - 1);
        var after = sentence.WordAt(i + 1);
        return
            before
                is "http"
                    or "status"
                    or "code"
                    or "codes"
                    or "returned"
                    or "return"
                    or "returning"
                    or "returns"
                    or "got"
                    or "get"
                    or "a"
                    or "="
                    or "with"
                    or "statuscode"
            || after is "error" or "errors" or "response" or "responses" or "status" or "code" or "codes"
            || before is "or" or "and" && i >= 2 && sentence.IsUsed(i - 2)
            || StandsAlone(sentence, i)
            ? Valid((int)wordToken.Value)
            : null;
    }

    private static int? Valid(int code) => code is >= 100 and < 600 ? code : null;

    private static void Add(
        Sentence sentence,
        List<AttributeCondition> conditions,
        IReadOnlyList<ServiceReference> services,
        ConditionOperator op,
        int code,
        int at
    )
    {
        var start = at;
        while (sentence.WordAt(start - 1) is "http" or "status" or "code" or "=")
            start--;
        sentence.Use(start, at + 1);
        if (sentence.WordAt(at + 1) is "response" or "responses" or "status" or "code" or "codes" or "error" or "errors")
            sentence.Use(at + 1, at + 2);
        var carried = Carried(sentence, services);
        var onEntry = carried
            .SelectMany(sentence.Index.Attributes.Keyed)
            .Any(t => services.Count == 0 || services.Any(s => t.EntryServices.Contains(s.Name)));
        var before = sentence.MeansAt(start - 1, Lexicon.Concept.Article) ? start - 2 : start - 1;
        if (op == ConditionOperator.Equal && IsDenied(sentence, start))
            op = ConditionOperator.NotEqual;
        if (
            op == ConditionOperator.Equal
            && sentence.MarkAt(before) is { } without
            && without.Senses.Any(c => c is Lexicon.Concept.Without or Lexicon.Concept.Negation)
        )
        {
            sentence.Use(without);
            op = ConditionOperator.NotEqual;
        }

        conditions.Add(
            new AttributeCondition(
                AttributeScope.Span,
                carried[0],
                op,
                [code.ToString(CultureInfo.InvariantCulture)],
                ConditionValueType.Number,
                onEntry,
                sentence.Words(start, at + 1)
            )
            {
                Also = [.. carried.Skip(1)],
            }
        );
    }

    // "…, not the ones that blew up with a 500": denied where the part of the sentence begins.
    private static bool IsDenied(Sentence sentence, int at)
    {
        var start = at;
        while (start > 0 && !sentence.Tokens[start - 1].IsSymbol(",") && !sentence.Tokens[start - 1].IsBreak)
            start--;
        if (
            start == 0
            || start == at
            || sentence.MarkAt(start) is not { } not
            || not.Start != start
            || !not.Senses.Any(c => c is Lexicon.Concept.Negation or Lexicon.Concept.Without or Lexicon.Concept.NotEquals)
        )
            return false;
        // What failed with it is denied with it.
        sentence.Use(start, at);
        return true;
    }

    // The names that the services in question use; both where that is not known.
    private static IReadOnlyList<string> Carried(Sentence sentence, IReadOnlyList<ServiceReference> services)
    {
        List<string> seen = [.. Keys.Where(key => sentence.Index.Attributes.Keyed(key).Count > 0)];
        List<string> own =
        [
            .. seen.Where(key => sentence.Index.Attributes.Keyed(key).Any(t => services.Any(x => t.Services.Contains(x.Name)))),
        ];
        return own.Count > 0 ? own
            : seen.Count > 0 ? seen
            : [Keys[0]];
    }
}

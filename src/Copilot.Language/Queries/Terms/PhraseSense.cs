using Copilot.Language.Tokens;

namespace Copilot.Language.Queries.Terms;

/// <summary>Words that do several things: what stands beside them tells which.</summary>
internal static class PhraseSense
{
    /// <summary>Whether words that do several things can do this one here.</summary>
    public static bool Fits(Phrase phrase, IReadOnlyList<WordToken> wordTokens, int stop, IReadOnlyList<Term> terms)
    {
        var number =
            stop < wordTokens.Count
            && (
                wordTokens[stop].Kind is WordTokenKind.Number or WordTokenKind.Duration
                || Numerals.Number(wordTokens, stop) is not null
                || Numerals.Duration(wordTokens, stop) is not null
                || wordTokens[stop].IsSymbol("-")
            );
        var next = stop < wordTokens.Count ? wordTokens[stop].Lower : "";
        var last = terms.Count > 0 ? terms[^1] : null;
        return phrase.Kind switch
        {
            // "in every region except …": no grouping, and no single one.
            TermKind.By
            or TermKind.Single
                when phrase.Words.Any(w => w is "every" or "each" or "any" or "all")
                    && stop + 1 < wordTokens.Count
                    && wordTokens[stop + 1].Lower is "except" or "but" or "besides" or "other" or "apart" or "excluding" => false,
            // "from search or ranking": a verb that begins requests is a name there.
            TermKind.Function
                when phrase.Words is ["search" or "list" or "lookup" or "filter" or "fetch"]
                    && next is "" or ":" or "," or "." or "?" or "or" or "and" or "service" or "services" or "that" or "which" or "with" =>
                last is not ({ Kind: TermKind.Prep } or { Lower: "the" }),
            // "the session service" is a service.
            TermKind.Field when phrase.Words.Count == 1 && next is "service" => false,
            // "by user 8812", but "the user service"
            TermKind.Field when phrase.Words is ["user"] => stop < wordTokens.Count
                && wordTokens[stop].Kind is WordTokenKind.Number or WordTokenKind.Quoted
                && last is not { Kind: TermKind.Compare or TermKind.Between },
            TermKind.Article when phrase.Words is ["some"] => !IsSingular(next),
            TermKind.Field when phrase.Words is ["immediate" or "direct", _] or ["child", "spans"] => last
                is { Kind: TermKind.Number or TermKind.Compare or TermKind.By or TermKind.Aggregate },
            TermKind.Single when phrase.Words is ["one"] => IsSingular(next) && terms.Any(t => t.Is(TermKind.Subject, "trace")),
            TermKind.Sampled => next is not ("=" or "is" or "==" or "!="),
            // "throwing more than 2 errors": what is thrown is said.
            TermKind.Condition when phrase.Words is ["throwing" or "throws" or "threw" or "raised"] => !wordTokens
                .Skip(stop)
                .Take(5)
                .Any(t => t.Lower is "error" or "errors" or "exception" or "exceptions" || Conventions.IsException(t.Text)),
            TermKind.Relation when phrase.Words is ["inside"] => IsSpan(wordTokens, stop),
            TermKind.Relation when phrase.Tag == "beside" && phrase.Words[^1] == "parent" => !terms.Any(t =>
                t.Is(TermKind.Relation, "beside")
            ),
            TermKind.Compare
                when phrase.Words.Count == 1
                    && phrase.Words[0] is "under" or "below" or "above" or "over" or "past" or "up" or "beyond" or "minimum" or "maximum" =>
                number,
            TermKind.Relation when phrase.Words.Count == 1 && phrase.Words[0] is "under" or "below" or "above" or "over" or "beneath" =>
                !number,
            TermKind.Returned
                when phrase.Words is ["http"] or ["code"] or ["codes"] || phrase.Words[^1] == "status" || phrase.Words.Contains("status") =>
                number,
            TermKind.Compare when phrase.Words is ["within"] => stop < wordTokens.Count && Numerals.Duration(wordTokens, stop) is not null,
            TermKind.Prep when phrase.Words is ["across"] => !Grouped(next),
            TermKind.By when phrase.Words is ["across"] => Grouped(next),
            TermKind.Single when phrase.Words is ["any"] or ["some"] or ["each"] or ["every"] => next is "service"
                || PhraseBook.FieldsOf(next).Count > 0,
            TermKind.Single when phrase.Words[0] is "in" or "for" or "by" or "within" or "inside" => next is "service"
                || PhraseBook.FieldsOf(next).Count > 0,
            TermKind.Most => next is not ("recent" or "recently"),
            TermKind.Prep when phrase.Words is ["in"] && next is "total" => false,
            TermKind.Match when phrase.Tag == "contains" && last is { Kind: TermKind.Condition } => last.Lower.StartsWith(
                "exception",
                StringComparison.Ordinal
            ),
            TermKind.Match when phrase.Tag == "contains" => last
                is { Kind: TermKind.Field or TermKind.Copula or TermKind.Service or TermKind.Not or TermKind.Name }
                && !(last.Kind == TermKind.Service && next is "a" or "an" or "both" or "more" or "at"),
            TermKind.Match when phrase.Words is ["like"] => last is { Kind: TermKind.Field or TermKind.Copula or TermKind.Name },
            TermKind.Field when phrase.Words is ["root", "span"] => next
                is "is"
                    or "called"
                    or "named"
                    or "name"
                    or "starts"
                    or "contains"
                    or "matches"
                    or "was",
            TermKind.Condition when phrase.Words is ["root"] => next is not ("service" or "name"),
            TermKind.Took when phrase.Words is ["last"] or ["ran"] or ["spent"] or ["run"] => number
                || next is "over" or "more" or "longer" or "less" or "at",
            TermKind.Postfix => last is { Kind: TermKind.Number or TermKind.Duration or TermKind.Condition },
            TermKind.Began when next is "by" or "with" or "at" || phrase.Words is ["rooted"] => true,
            TermKind.Began when next is "in" or "from" or "through" or "the" => terms.Any(t => t.Is(TermKind.Subject, "trace")),
            TermKind.Began => last is { Kind: TermKind.Function or TermKind.Article or TermKind.Prep or TermKind.Relation }
                || last is { Text: "after" or "before" },
            TermKind.Aggregate when phrase.Words is ["least"] or ["total"] && phrase.Tag == "min" => next is not "one",
            TermKind.Copula when phrase.Words[0] is "value" or "values" or "set" => last is { Kind: TermKind.Field or TermKind.Name },
            TermKind.With when phrase.Words is ["set"] => false,
            TermKind.Select when phrase.Words[0] is "select" or "showing" or "listing" => terms.Count > 0,
            TermKind.Relation when phrase.Words[0] is "into" or "then" or "to" or "going" => terms.Count > 1
                && next is not "trace" and not "traces",
            TermKind.Single when phrase.Words is ["same"] or ["any", "given"] or ["given"] => terms.Count > 0,
            TermKind.Top when phrase.Words is ["first"] => number,
            TermKind.Judged when phrase.Words[^1] is "often" or "frequently" => last is not { Kind: TermKind.Most or TermKind.Extreme }
                && !(last?.Lower is "how"),
            _ => true,
        };
    }

    // "across regions"
    private static bool Grouped(string next) => next is "services" or "all" || PhraseBook.FieldsOf(next).Count > 0 && next.EndsWith('s');

    // "some service", but "some services"
    private static bool IsSingular(string noun) => noun is "service" || PhraseBook.FieldsOf(noun).Count > 0 && !noun.EndsWith('s');

    // "inside a failing server span", but "inside the cluster"
    private static bool IsSpan(IReadOnlyList<WordToken> wordTokens, int from)
    {
        for (var k = from; k < wordTokens.Count && k < from + 7; k++)
        {
            if (wordTokens[k].Lower is "span" or "spans" or "request" or "requests" or "operation" or "call")
                return true;
            if (
                wordTokens[k].IsBreak
                || wordTokens[k].Lower is "trace" or "traces" or "with" or "that" or "which" or "and" or "or" or "service"
            )
                return false;
        }

        return false;
    }
}

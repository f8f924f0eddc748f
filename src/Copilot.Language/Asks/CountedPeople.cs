using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Asks;

/// <summary>"How many users": people are told apart by the id that their requests carry; where none does, nobody can count them.</summary>
internal static class CountedPeople
{
    /// <summary>Words for oneself and others are shorter than nouns for people.</summary>
    private const int Noun = 5;

    /// <summary>Null where no people are counted, or where their requests tell them apart.</summary>
    public static Refusal? Read(Sentence s, Subject subject)
    {
        var counts = s.MarksOf(Concept.Count).ToList();
        foreach (var mark in counts)
        {
            // "a number of customers wrote to us": some of them.
            if (counts.Count > 1 || ClauseBreaks.IsSome(s, mark))
                return null;
            var at = mark.End;
            while (at < s.Tokens.Count && at < mark.End + 3 && s.MeansAt(at, Concept.Distinct, Concept.Preposition, Concept.Article))
                at++;
            if (
                at >= s.Tokens.Count
                || s.Tokens[at].Lower.Length < Noun
                || !s.MeansAt(at, Concept.Person)
                || s.LinkAt(at) is not null
                || s.MeansAt(at + 1, Concept.Request, Concept.Trace, Concept.Span)
                || !s.MayMean(Concept.Affected) && Key(s, subject, mark) is not null
            )
                continue;
            return new Refusal(
                RefusalKind.NotCounted,
                $"I cannot count {s.Tokens[at].Text} here: one of them may send many requests. Ask how many requests failed, or how many different values an attribute with their id has."
            );
        }

        return null;
    }

    /// <summary>The one attribute that carries an id of what is counted.</summary>
    /// <param name="mark">"How many".</param>
    public static FieldExpression? Key(Sentence s, Subject subject, ConceptMark mark)
    {
        for (var i = mark.End; i < Math.Min(s.Tokens.Count, mark.End + 4); i++)
        {
            // "drivers" may sound like "driver-api".
            if (
                s.Tokens[i].Kind != Tokens.WordTokenKind.Word
                || s.LinkAt(i)
                    is not null
                        and not { Kind: LinkKind.Service, Quality: < 0.95 }
                        and not { Kind: LinkKind.Key, Quality: <= AttributeLinks.OfNamespace }
                || s.Tokens[i].Stem.Length < 4
            )
                continue;
            var keys = s
                .Index.Attributes.Keys.Where(key =>
                    NameParts.Of(key.Key) is { Count: > 1 } parts
                    && parts[^1] == FieldNames.Id
                    && parts.Any(p => p.EndsWith(s.Tokens[i].Stem, StringComparison.Ordinal))
                    && key.Seen.Any(a =>
                        a.Type == "string" && (subject.Services.Count == 0 || subject.Services.Any(x => x.Name == a.Service))
                    )
                )
                .Select(a => new AttributeReference(a.Scope, a.Key))
                .Distinct()
                .ToList();
            if (keys.Count == 1)
                return keys[0];
        }

        return null;
    }
}

using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Times;
using Copilot.Language.Tokens;

namespace Copilot.Language.Sentences;

/// <summary>From text to a sentence: cut, mend, find times, names and concepts.</summary>
internal static class SentenceReader
{
    public static Sentence Read(string question, DateTimeOffset asOf, TimeZoneInfo zone, KnownNamesIndex index)
    {
        var wordTokens = Loosened(
            Spelling.Mend(
                EventTimes.Spell(SpokenTimes.Join(SpokenClocks.Join(Tokenizer.Tokenize(PastedText.Clean(question)), asOf, zone), asOf)),
                index
            ),
            index
        );
        var code = QuestionLanguages.CodeOf(wordTokens);
        if (code is null)
            wordTokens = HalfDays.Settle(wordTokens, asOf, zone);
        var times = new TimeReader(QuestionLanguages.Timed(wordTokens, code), asOf, zone)
            .Read()
            .Where(t => !IsRangeOfValues(wordTokens, t, index))
            .ToList();
        Enclose(wordTokens, times);
        var timed = new bool[wordTokens.Count];
        foreach (var time in times)
        {
            for (var i = time.Start; i < time.End; i++)
                timed[i] = true;
        }

        // In another language its own phrases come first; what it takes over from English is English.
        var language = QuestionLanguages.TableOf(code);
        var concepts = Concepts(wordTokens, i => !timed[i], PhraseTable.Standard, language);
        // "error message" and "one line per" are phrases, whatever their words are called like.
        var spoken = new bool[wordTokens.Count];
        foreach (
            var mark in Concepts(wordTokens, i => !timed[i], PhraseTable.Asking, language)
                .Where(m => m.End - m.Start > 1 && m.Senses.Any(Spoken.Contains))
        )
        {
            for (var i = mark.Start; i < mark.End; i++)
                spoken[i] = true;
        }

        var links = new Linker(wordTokens, concepts, i => !timed[i] && !spoken[i], index).Read().ToList();
        links.RemoveAll(l => l.Length == 1 && IsOfTimes(wordTokens[l.Start], l.Start, times));
        var glosses = wordTokens.Any(t => t.IsSymbol("("))
            ? Glosses.Find(
                wordTokens,
                links,
                Concepts(wordTokens, i => !timed[i] && links.TrueForAll(l => i < l.Start || i >= l.End), PhraseTable.Asking, language),
                i => !timed[i]
            )
            : [];
        var linked = new bool[wordTokens.Count];
        foreach (var (start, end) in links.Select(l => (l.Start, l.End)).Concat(glosses.Select(g => (g.Start, g.End))))
        {
            for (var i = start; i < end; i++)
                linked[i] = true;
        }

        // "the user service" is one service, not a question about services.
        var nouns = links.Where(l => l.Kind == LinkKind.Service).Select(l => l.End).ToHashSet();
        var left = Concepts(wordTokens, i => !timed[i] && !linked[i], PhraseTable.Standard, language)
            .Where(c =>
                !(
                    c.Concept == Concept.Service
                    && nouns.Contains(c.Start)
                    && NameParts.IsGeneric(wordTokens[c.Start].Lower)
                    && wordTokens[c.Start].Lower != "services"
                )
            )
            .ToList();
        var marks = Concepts(wordTokens, i => !timed[i] && !linked[i], PhraseTable.Asking, language);
        marks.RemoveAll(m =>
            m is { Concept: Concept.Service }
            && m.End - m.Start == 1
            && nouns.Contains(m.Start)
            && !WordStem.IsPlural(wordTokens[m.Start].Lower)
        );
        // "in the span 20:35 to 20:40"
        bool IsStretch(ConceptMark m) =>
            m.Concept == Concept.Span && WordRoles.Window.Contains(wordTokens[m.Start].Lower) && m.End < wordTokens.Count && timed[m.End];
        left.RemoveAll(IsStretch);
        marks.RemoveAll(IsStretch);
        marks.RemoveAll(m => IsOfTime(wordTokens, m));
        left.RemoveAll(m => IsOfTime(wordTokens, m));
        // "the operation POST /orders", "the POST /orders endpoint" is one thing.
        marks.RemoveAll(m => IsNounOfName(m, links, marks));
        left.RemoveAll(m => IsNounOfName(m, links, marks));
        // "broken down by region": split, whatever else may break down; "does the stock service call": what it calls, no "service calls".
        marks = marks.ConvertAll(m => Told(wordTokens, m, nouns));
        left = left.ConvertAll(m => Told(wordTokens, m, nouns));
        marks.RemoveAll(m => m.Senses.Contains(Concept.Succeeded) && IsPassed(wordTokens, m, links, marks));
        left.RemoveAll(m => m.Concept == Concept.Succeeded && IsPassed(wordTokens, m, links, marks));
        // "in the later of the two" moves no window.
        // "for every single minute" means no single one.
        var told = marks.Where(m => m.Senses.Any(c => c is Concept.Latter or Concept.Former or Concept.EachStep)).ToList();
        left.RemoveAll(c => told.Exists(m => m.Start <= c.Start && c.End <= m.End));
        return new Sentence(wordTokens, times, links, left, index)
        {
            Language = code,
            Marks = [.. marks.Concat(glosses).OrderBy(m => m.Start)],
        };
    }

    private static ConceptMark Told(IReadOnlyList<WordToken> wordTokens, ConceptMark mark, HashSet<int> namesEnd)
    {
        if (
            mark.Senses.Contains(Concept.Failed)
            && mark.Senses.Contains(Concept.BreakDown)
            && mark.End < wordTokens.Count
            && WordRoles.By.Contains(wordTokens[mark.End].Lower)
        )
            return new ConceptMark(mark.Start, mark.End, Concept.BreakDown);
        // "group the exceptions"
        if (
            mark.End - mark.Start == 1
            && mark.Senses.Contains(Concept.Team)
            && WordRoles.Grouping.Contains(wordTokens[mark.Start].Lower)
            && mark.End < wordTokens.Count
            && (
                mark.Start == 0
                || wordTokens[mark.Start - 1].Kind != WordTokenKind.Word
                || FillerWords.IsFiller(wordTokens[mark.Start - 1].Lower)
            )
            && WordRoles.Definite.Contains(wordTokens[mark.End].Lower)
        )
            return new ConceptMark(mark.Start, mark.End, Concept.Show);
        return
            mark is { Concept: Concept.Callers }
            && mark.End - mark.Start == 2
            && namesEnd.Contains(mark.Start)
            && NameParts.IsGeneric(wordTokens[mark.Start].Lower)
            ? new ConceptMark(mark.Start + 1, mark.End, Concept.Calls)
            : mark;
    }

    // "traces that went through the gateway": where they came by, not how they ended.
    private static bool IsPassed(IReadOnlyList<WordToken> wordTokens, ConceptMark mark, List<Link> links, List<ConceptMark> marks)
    {
        var at = mark.End;
        while (
            at < wordTokens.Count
            && marks.Exists(m => m.Start == at && m.Senses.Any(c => c is Concept.Article or Concept.Together or Concept.Pronoun))
        )
            at++;
        return WordRoles.Through.Contains(wordTokens[mark.End - 1].Lower)
            && links.Exists(l => l.Start == at && l.Kind is LinkKind.Service or LinkKind.Value);
    }

    // "It was switched on at 08:05 and off at 08:07. For that window …": the two instants are its ends.
    private static void Enclose(IReadOnlyList<WordToken> wordTokens, List<TimeMention> times)
    {
        if (
            times is not [{ Kind: TimeMentionKind.At, Instant: { } from } first, { Kind: TimeMentionKind.At, Instant: { } to } second]
            || to <= from
            || !Enumerable
                .Range(second.End, wordTokens.Count - second.End)
                .Any(i => i > 0 && WordRoles.Pointing.Contains(wordTokens[i - 1].Lower) && WordRoles.Window.Contains(wordTokens[i].Lower))
        )
            return;
        times.Remove(first);
        times[0] = second with { Kind = TimeMentionKind.Range, Window = new Telemetry.Records.TimeWindow(from, to), Instant = from };
    }

    // "08:00-08:10 / 08:10-08:20": a sign between two times, no path. "in two periods, 08:00 to …": a time, no value called so.
    private static bool IsOfTimes(WordToken wordToken, int at, List<TimeMention> times) =>
        wordToken.Text == "/" && times.Exists(t => t.End == at) && times.Exists(t => t.Start == at + 1)
        || times.Count > 1 && (WordRoles.Window.Contains(wordToken.Lower) || WordRoles.Window.Contains(wordToken.Stem));

    // "in the bad five minutes" is a time, not what failed.
    private static bool IsOfTime(IReadOnlyList<WordToken> wordTokens, ConceptMark mark)
    {
        if (
            mark.End - mark.Start != 1
            || mark.Concept is not (Concept.Failed or Concept.Trouble or Concept.Slow)
            // "the peak failure minute"
            || WordRoles.Failures.Contains(wordTokens[mark.Start].Lower)
        )
            return false;
        var at = mark.End;
        while (at < wordTokens.Count && (Cardinals.Of(wordTokens[at].Lower) is not null || wordTokens[at].Kind == WordTokenKind.Number))
            at++;
        return at < wordTokens.Count
            && (
                wordTokens[at].Kind == WordTokenKind.Duration && at == mark.End && !TimeTokens.IsStatus(wordTokens[at].Text)
                || TimeTokens.NanosOf(wordTokens[at].Lower) >= 1e9
            );
    }

    private static bool IsNounOfName(ConceptMark noun, List<Link> links, List<ConceptMark> marks) =>
        noun.Concept == Concept.Operation
        && noun.End - noun.Start == 1
        && links.Exists(l => l.Kind == LinkKind.Operation && l.Quality > 0.9 && (l.Start == noun.End || l.End == noun.Start))
        && !marks.Exists(m => m.End == noun.Start && m.Senses.Any(c => c is Concept.Which or Concept.What or Concept.Every or Concept.By));

    private static readonly Concept[] Spoken =
    [
        Concept.ErrorRate,
        Concept.SuccessRate,
        Concept.ErrorText,
        Concept.ErrorLog,
        Concept.WarningLog,
        Concept.StackTrace,
        Concept.BreakDown,
        Concept.Runbook,
        Concept.Guide,
        Concept.Single,
        Concept.Plot,
        Concept.Latter,
        Concept.Former,
        Concept.EachStep,
        Concept.PeakPoint,
        Concept.Deviation,
        Concept.Summary,
        Concept.Affected,
        Concept.Without,
        Concept.Show,
    ];

    // "passenger count between 2 and 3" speaks of no hours.
    private static bool IsRangeOfValues(IReadOnlyList<WordToken> wordTokens, TimeMention time, KnownNamesIndex index) =>
        wordTokens[time.Start].Lower is "between" or "zwischen"
        && wordTokens[time.Start + 1].Kind == WordTokenKind.Number
        && Enumerable
            .Range(1, 3)
            .Any(n =>
                time.Start - n >= 0
                && Enumerable.Range(time.Start - n, n).SelectMany(i => NameParts.Of(wordTokens[i].Lower)).ToList() is var parts
                && index.Attributes.FindKey(NameParts.Joined(parts), NameParts.Stemmed(parts)) is { } key
                && key.Targets.Any(t => t.Type is "int" or "double")
            );

    // "HighErrorRate" and "error_rate" are words of the lexicon written as one; a name of the catalogue stays one.
    private static IReadOnlyList<WordToken> Loosened(IReadOnlyList<WordToken> wordTokens, KnownNamesIndex index)
    {
        var loose = wordTokens
            .GroupBy(t => t.Group)
            .Where(g => g.Any(t => t.Glue is WordToken.CamelGlue or '_') && g.All(IsPlain) && IsOneThing([.. g]) && !IsName([.. g], index))
            .Select(g => g.Key)
            .ToHashSet();
        return loose.Count == 0
            ? wordTokens
            : [.. wordTokens.Select(t => loose.Contains(t.Group) && t.Glue is WordToken.CamelGlue or '_' ? t with { Glue = '-' } : t)];
    }

    private static bool IsPlain(WordToken wordToken) =>
        wordToken.Kind == WordTokenKind.Word
        && (PhraseTable.Standard.Words.Contains(wordToken.Lower) || FillerWords.IsFiller(wordToken.Lower));

    // "error_rate" is a measure; "find_cause" is somebody's identifier.
    private static bool IsOneThing(List<WordToken> group) =>
        group.All(t => t.Glue != '_')
        || PhraseTable.Standard.Find([.. group.Select((t, i) => i == 0 ? t : t with { Glue = '-' })], 0, _ => true) is { } phrase
            && phrase.Length == group.Count;

    private static bool IsName(List<WordToken> group, KnownNamesIndex index)
    {
        var joined = string.Concat(group.Select(t => t.Lower));
        return index.Services.Find(joined) is not null
            || index.Operations.Find(joined) is not null
            || index.Attributes.FindValue(joined) is not null
            || index.Attributes.FindKey(joined, joined) is not null;
    }

    private static List<ConceptMark> Concepts(
        IReadOnlyList<WordToken> wordTokens,
        Func<int, bool> free,
        PhraseTable table,
        PhraseTable? language
    )
    {
        var marks = new List<ConceptMark>();
        for (var i = 0; i < wordTokens.Count; i++)
        {
            if (!free(i) || wordTokens[i].Kind == WordTokenKind.Quoted)
                continue;
            if (table == PhraseTable.Asking && IsFraction(wordTokens, i))
            {
                marks.Add(new ConceptMark(i, i + 2, Concept.Percentile));
                i++;
                continue;
            }

            if (InsideName(wordTokens, i))
                continue;
            if (Special(wordTokens, i) is { } special)
            {
                marks.Add(new ConceptMark(i, i + 1, special));
            }
            else if (Longest(language?.FindAll(wordTokens, i, free), table.FindAll(wordTokens, i, free)) is { } found)
            {
                marks.Add(new ConceptMark(i, i + found.Length, found.Concepts[0]) { Senses = found.Concepts });
                i += found.Length - 1;
            }
        }

        return marks;
    }

    private static (IReadOnlyList<Concept> Concepts, int Length)? Longest(
        (IReadOnlyList<Concept> Concepts, int Length)? own,
        (IReadOnlyList<Concept> Concepts, int Length)? english
    ) => own is not null && (english is null || own.Value.Length >= english.Value.Length) ? own : english;

    // p95, 99th, p99.9: the number is read later; what is no phrase but a sign or an abbreviation.
    private static Concept? Special(IReadOnlyList<WordToken> wordTokens, int i)
    {
        var word = wordTokens[i].Lower;
        if (wordTokens[i].IsSymbol("%"))
            return Concept.Share;
        // In capitals only: "er" is a word of many languages.
        if (wordTokens[i].Text == "ER")
            return Concept.ErrorRate;
        if (wordTokens[i].Kind != WordTokenKind.Word || word.Length < 2)
            return null;
        if (word[0] is 'p' or 'q' && word.Length is 3 or 4 && word.Skip(1).All(char.IsDigit))
            return Concept.Percentile;
        return char.IsDigit(word[0]) && word.EndsWith("th", StringComparison.Ordinal) && word[..^2].All(char.IsDigit)
            ? Concept.Percentile
            : null;
    }

    // "p99.9", "99.9th"
    private static bool IsFraction(IReadOnlyList<WordToken> wordTokens, int i) =>
        i + 1 < wordTokens.Count
        && wordTokens[i].Glue == '\0'
        && wordTokens[i + 1].Glue == '.'
        && (i + 2 >= wordTokens.Count || wordTokens[i + 2].Glue == '\0')
        && wordTokens[i].Lower is { } whole
        && wordTokens[i + 1].Lower is { Length: > 0 } part
        && (
            whole.Length == 3 && whole[0] is 'p' or 'q' && whole.Skip(1).All(char.IsDigit) && part.All(char.IsDigit)
            || whole.Length is 1 or 2
                && whole.All(char.IsDigit)
                && part.Length > 2
                && part.EndsWith("th", StringComparison.Ordinal)
                && part[..^2].All(char.IsDigit)
        );

    private static bool InsideName(IReadOnlyList<WordToken> wordTokens, int i) =>
        wordTokens[i].Glue is '.' or '_' or WordToken.CamelGlue
        || i + 1 < wordTokens.Count && wordTokens[i + 1].Glue is '.' or '_' or WordToken.CamelGlue;
}

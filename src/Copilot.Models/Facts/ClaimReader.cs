using System.Text.RegularExpressions;
using Copilot.Models.Phrases;

namespace Copilot.Models.Facts;

/// <summary>
/// Reads a sentence of evidence that this code wrote ("pay: error rate 18.4 %, before 0 % (19 of 103 requests failed)"). Its numbers are
/// read as those of a model's sentences are; what it quotes is somebody else's and no fact.
/// </summary>
internal static partial class ClaimReader
{
    /// <summary>What cannot be looked through in time is no fact.</summary>
    public static void Read(FactBook book, string claim, FactEntry around)
    {
        try
        {
            ReadWhole(book, claim, around);
        }
        catch (RegexMatchTimeoutException)
        {
            book.LeftOut++;
        }
    }

    private static void ReadWhole(FactBook book, string claim, FactEntry around)
    {
        var text = Quoted().Replace(claim, found => new string(' ', found.Length));
        var entry = book.Entry(new FactEntry(around));
        Names(book, text, entry);
        // "currency = CHF" speaks of no service that is called so.
        text = Condition().Replace(text, found => new string(' ', found.Length));
        if (book.ServicesIn(text) is { Count: > 0 } services)
        {
            book.NameAnew(entry, services);
            foreach (var service in services)
                book.Know(service, Audit.KnownAs.Service);
        }

        var words = MeasureWords.In(text);
        var numbers = Numbers().Matches(text);
        // "18.4 %, before 0 %": where one side is told, the rest is the other.
        var other = numbers.Any(found => Before().IsMatch(text[..found.Index])) ? FactSide.Now : FactSide.None;
        var last = other;
        foreach (Match found in numbers)
        {
            if (SaidNumber.Of(found.Value.Trim()) is not { } said)
                continue;
            var isWhole = Whole().IsMatch(text[..found.Index]);
            var side =
                isWhole ? last
                : Before().IsMatch(text[..found.Index]) ? FactSide.Before
                : other;
            last = side;
            // "19 of 103 requests failed" counts; only what has a unit is what the word before it measures.
            var measure = said.Unit is null
                ? string.Empty
                : MeasureWords.For(words, found.Index, found.Index + found.Length)?.Measure ?? string.Empty;
            entry.Facts.Add(new Fact(said.Value, said.Unit ?? FactUnit.Plain, measure, side, entry));
        }

        foreach (Match found in Clocks().Matches(text))
        {
            foreach (var day in Days(around))
            {
                if (TimeSpan.TryParse(found.Groups["time"].Value, out var clock))
                    entry.Times.Add(new FactTime(day.Add(clock), "told", entry));
            }
        }
    }

    // "Only where currency = CHF".
    private static void Names(FactBook book, string text, FactEntry entry)
    {
        foreach (Match found in Condition().Matches(text))
        {
            var (key, value) = (found.Groups["key"].Value, found.Groups["value"].Value.TrimEnd('.', ','));
            book.Name(entry, NameKinds.ValueOf(key), value);
            book.Quote(new Quotation(value, key, false));
            book.Know(key, Audit.KnownAs.Attribute);
        }
    }

    private static IEnumerable<DateTimeOffset> Days(FactEntry around) =>
        around.Now is { } now
            ? new[]
            {
                new DateTimeOffset(now.From.UtcDateTime.Date, TimeSpan.Zero),
                new DateTimeOffset(now.To.UtcDateTime.Date, TimeSpan.Zero),
            }.Distinct()
            : [];

    [GeneratedRegex("`[^`]*`|\"[^\"]*\"|“[^”]*”|'[^']*'", RegexOptions.None, PatternThresholds.OfResult)]
    private static partial Regex Quoted();

    [GeneratedRegex(
        @"(?<![\w.:-])(?:" + SaidNumber.Compound + "|" + SaidNumber.Pattern + @")(?![\w:])",
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase,
        PatternThresholds.OfResult
    )]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\b(?:before|where (?:it|they|he)? ?(?:took|waited|did)?)\s*$", RegexOptions.IgnoreCase, PatternThresholds.OfResult)]
    private static partial Regex Before();

    [GeneratedRegex(@"\d of(?: the)? $", RegexOptions.None, PatternThresholds.OfResult)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\b(?<time>\d\d:\d\d(?::\d\d)?) UTC\b", RegexOptions.None, PatternThresholds.OfResult)]
    private static partial Regex Clocks();

    [GeneratedRegex(@"(?<key>[A-Za-z_][\w.]*) = (?<value>[^\s:;,()]+)", RegexOptions.None, PatternThresholds.OfResult)]
    private static partial Regex Condition();
}

using System.Text;
using System.Text.RegularExpressions;

namespace Copilot.Language.Tokens;

/// <summary>Takes off what chat programs and keyboards put around plain words: mark-up, mentions, emoji, odd dashes and quotes.</summary>
internal static partial class PastedText
{
    public static string Clean(string text)
    {
        var clean = LoggedText.Named(Characters(text));
        // Who writes no full stops parts sentences by space.
        if (!Stop().IsMatch(clean))
            clean = Gap().Replace(clean, "\n");
        clean = SlackLink().Replace(clean, m => $" {LinkText(m)} ");
        clean = SlackMention().Replace(clean, " ");
        clean = clean
            .Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal);
        clean = IdInQuotes().Replace(clean, m => $"{m.Value} {m.Groups["id"].Value} ");
        return Quotes().Replace(Numbered(clean), m => m.Groups["plain"].Success ? Spelled(m.Value) : m.Value);
    }

    // What stands in quotes is meant as it is written.
    private static string Spelled(string text)
    {
        text = NotTagged().Replace(SpokenFigures.Clean(text), "${key} != ${value}");
        // No orders are meant.
        text = text.Replace("in order to", "to", StringComparison.OrdinalIgnoreCase);
        // "count + mean latency"
        text = FigureAndFigure().Replace(text, " and ");
        text = MakeThat().Replace(Leading().Replace(text, ""), "and ");
        var clean = NumberOf().Replace(Abbreviated().Replace(text, "zwischen "), "number of");
        clean = FrenchClock().Replace(clean, m => $"{m.Groups["a"].Value}:{(m.Groups["b"].Success ? m.Groups["b"].Value : "00")}");
        clean = MilitaryRange().Replace(clean, "${a}:${b}${s} ${to} ${c}:${d}${t}");
        clean = MilitaryHours().Replace(clean, "${a}:${b}");
        clean = ClockAndSeconds().Replace(clean, m => $"{m.Groups["clock"].Value}:{m.Groups["s"].Value.PadLeft(2, '0')}");
        clean = HalfDayRange().Replace(clean, "${open}${a}${half} to ${c}${half}");
        clean = MilitaryClock().Replace(clean, "${before}${a}:${b}${s}");
        clean = RoughClock().Replace(clean, "around ${a}:${b}");
        clean = DottedClock().Replace(clean, "${a}:${b}");
        clean = DottedHalfDay().Replace(clean, "${a}:${b}${half}");
        clean = DottedRange().Replace(clean, "${open}${a}:${b} ${to} ${c}:${d}");
        clean = Emoticon().Replace(clean, ".");
        clean = Emoji().Replace(clean, " ");
        clean = Emphasis().Replace(clean, "${in}");
        return Contraction().Replace(clean, m => Expanded(m.Value));
    }

    // "1) how many, 2) which": asks that are numbered stand each by itself.
    private static string Numbered(string text)
    {
        var labels = Label().Matches(text);
        return
            labels.Count > 1
            && labels.Select(m => m.Groups["n"].Value.ToLowerInvariant()).Take(2).ToList() is [var first, var second]
            && (first, second) is ("1", "2") or ("a", "b") or ("i", "ii") or ("one", "two") or ("first", "second")
            ? Label().Replace(text, " ; ")
            : text;
    }

    // What a link is called may hide the trace that it leads to.
    private static string LinkText(Match link)
    {
        var (label, target) = (link.Groups["label"], link.Groups["target"].Value);
        var trace = TraceIdInLink().Match(target);
        return !label.Success ? target
            : trace.Success && !label.Value.Contains(trace.Value, StringComparison.OrdinalIgnoreCase) ? $"{label.Value} {trace.Value}"
            : label.Value;
    }

    private static string Characters(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                kept.Append(' ');
                i++;
                continue;
            }

            kept.Append(
                c switch
                {
                    _ when char.IsSurrogate(c) => " ",
                    '\n' or '\r' => "\n",
                    '\u200b' or '\u200c' or '\u200d' or '\ufeff' or '\u00ad' => "",
                    '\u2018' or '\u2019' or '\u02bc' or '\u00b4' => "'",
                    '\u201c' or '\u201d' or '\u201e' or '\u00ab' or '\u00bb' or '\u201f' => "\"",
                    '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212' => "-",
                    '\u2192' or '\u21d2' or '\u279c' or '\u2794' or '\u27f6' => " -> ",
                    '\u2264' => " <= ",
                    '\u2265' => " >= ",
                    '\u2260' => " != ",
                    '\u00d8' => " average ",
                    '\u2026' => " .. ",
                    > '9' when char.IsDigit(c) => ((int)char.GetNumericValue(c)).ToString(
                        System.Globalization.CultureInfo.InvariantCulture
                    ),
                    _ when char.IsControl(c) || char.IsWhiteSpace(c) => " ",
                    _ => c.ToString(),
                }
            );
        }

        return kept.ToString().Normalize(NormalizationForm.FormKC);
    }

    private static string Expanded(string word)
    {
        var lower = word.ToLowerInvariant().Replace("'", "", StringComparison.Ordinal);
        return lower switch
        {
            "its" => word.Contains('\'', StringComparison.Ordinal) ? "it is" : word,
            "whats" => "what is",
            "whos" => "who is",
            "wheres" => "where is",
            "whys" => "why is",
            "hows" => "how is",
            "theres" => "there is",
            "thats" => "that is",
            "cant" or "cannot" => "can not",
            "dont" => "do not",
            "doesnt" => "does not",
            "didnt" => "did not",
            "isnt" => "is not",
            "arent" => "are not",
            "wasnt" => "was not",
            "wont" => "will not",
            "wheres the" => "where is the",
            _ => word,
        };
    }

    [GeneratedRegex(@"(?<=\b(?:count|number|requests|errors|rate|p\d\d|median|mean|average|max|min|latency)) \+ ", RegexOptions.IgnoreCase)]
    private static partial Regex FigureAndFigure();

    [GeneratedRegex(
        @"<(?<target>https?://[^|>\s]+)(\|(?<label>[^>]*))?>|<(?<target>mailto:[^|>\s]+)(\|(?<label>[^>]*))?>|<#\w+(\|(?<label>[^>]*))?(?<target>)>"
    )]
    private static partial Regex SlackLink();

    [GeneratedRegex(@"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", RegexOptions.IgnoreCase)]
    private static partial Regex TraceIdInLink();

    [GeneratedRegex("\"[^\"\\n]{1,300}\"|`[^`\\n]{1,300}`|(?<plain>[^\"`]+|[\"`])", RegexOptions.ExplicitCapture)]
    private static partial Regex Quotes();

    // "(1) …, (2) …", "a) …", "One: …"
    [GeneratedRegex(
        @"(?<=^|[\s:;,.?])(?:\((?<n>[1-9]|[a-e]|i{1,3}|iv)\)|(?<n>[1-9]|[a-e])\)|(?<n>one|two|three|four|five|first|second|third|fourth|fifth|1st|2nd|3rd):|(?<=[.:;?]\s)(?<n>one|two|three|four|five),)(?=\s)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Label();

    // A face ends a sentence.
    [GeneratedRegex(@"(?<=\s)[:;]-?[)(DPp](?=\s|$)")]
    private static partial Regex Emoticon();

    [GeneratedRegex(@"[.?!;](\s|$)")]
    private static partial Regex Stop();

    [GeneratedRegex(@"(?<=[^\s,:]) {2,}(?=\S)")]
    private static partial Regex Gap();

    // "ok, now the dealer portal"
    [GeneratedRegex(@"^\s*(?:ok|okay|alright|right|great)\s*[,.!]\s*(?:now\s+(?=(?:\S+\s*){1,3}$))?", RegexOptions.IgnoreCase)]
    private static partial Regex Leading();

    // "make that p50": the same with another figure.
    [GeneratedRegex(
        @"^\s*make\s+(?:that|it|this)\s+(?:the\s+)?(?=p\d|median|mean|average|maximum|minimum|max\b|min\b|error rate)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex MakeThat();

    // "no. of retries"
    [GeneratedRegex(@"(?<!\w)n[or]\.\s?of\b", RegexOptions.IgnoreCase)]
    private static partial Regex NumberOf();

    // "zw. 8:05 und 8:08 Uhr"
    [GeneratedRegex(@"(?<!\w)zw\.\s*(?=\d)", RegexOptions.IgnoreCase)]
    private static partial Regex Abbreviated();

    // "13h33", "14 h 05", "14h"
    [GeneratedRegex(@"(?<![\w.:])(?<a>[01]?\d|2[0-3])\s?h\s?(?<b>[0-5]\d)(?!\w)", RegexOptions.IgnoreCase)]
    private static partial Regex FrenchClock();

    // "-payment.method:card", as some tools leave a value out
    [GeneratedRegex(@"(?<=^|[\s,(])-(?<key>\p{L}[\w.]*):(?<value>[^\s,()]+)")]
    private static partial Regex NotTagged();

    // "2024h", "0805 hrs"
    [GeneratedRegex(@"(?<![\w.:-])(?<a>[01]\d|2[0-3])(?<b>[0-5]\d)\s?h(?:rs|ours)?(?!\w)", RegexOptions.IgnoreCase)]
    private static partial Regex MilitaryHours();

    // "21:01 and 18 seconds"
    [GeneratedRegex(@"(?<![\w.:])(?<clock>(?:[01]?\d|2[0-3]):[0-5]\d) and (?<s>[0-5]?\d) seconds(?!\w)", RegexOptions.IgnoreCase)]
    private static partial Regex ClockAndSeconds();

    // "1-2pm"
    [GeneratedRegex(
        @"(?<open>(?<![\w.:/-]))(?<a>1[0-2]|[1-9])\s?[-\u2013]\s?(?<c>1[0-2]|[1-9])\s?(?<half>am|pm|a\.m\.|p\.m\.)(?!\w)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex HalfDayRange();

    // "0756-0759", "0808:40 thru 0810"
    [GeneratedRegex(
        @"(?<![\w.:-])(?<a>[01]\d|2[0-3])(?<b>[0-5]\d)(?<s>:[0-5]\d)?\s?(?<to>-|to|until|till|til|bis|and|thru|through|vs|against)\s?(?<c>[01]\d|2[0-3])(?<d>[0-5]\d)(?<t>:[0-5]\d)?(?![\w-]|:\d|\.\d)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex MilitaryRange();

    // "since 0752", "before 0757", "0759:30"
    [GeneratedRegex(
        @"(?<before>(?<![\w.:-])(?:since|from|at|after|before|until|till|til|by|around|about|past|seit|ab|vor|nach|um|to|thru)\s)(?<a>[01]\d|2[0-3])(?<b>[0-5]\d)(?<s>:[0-5]\d)?(?![\w:]|\.\d|-\w|\s?(?:ms|s|%|req|errors|requests))|(?<before>(?<![\w.:-]))(?<a>[01]\d|2[0-3])(?<b>[0-5]\d)(?<s>:[0-5]\d)(?![\w:])",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex MilitaryClock();

    // "0803ish", "8:03ish"
    [GeneratedRegex(@"(?<![\w.:-])(?<a>[01]?\d|2[0-3]):?(?<b>[0-5]\d)\s?-?ish\b", RegexOptions.IgnoreCase)]
    private static partial Regex RoughClock();

    // "7.56 bis 7.59 Uhr"
    [GeneratedRegex(
        @"(?<![\w.:])(?<a>[01]?\d|2[0-3])\.(?<b>[0-5]\d)(?=\s*Uhr\b|\s*(?:-|bis|to|und)\s*\d{1,2}\.[0-5]\d\s*Uhr\b)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex DottedClock();

    // "1.20pm", "8.05 a.m."
    [GeneratedRegex(@"(?<![\w.:])(?<a>1[0-2]|0?\d)\.(?<b>[0-5]\d)(?<half>\s?(?:am|pm|a\.m\.|p\.m\.))(?!\w)", RegexOptions.IgnoreCase)]
    private static partial Regex DottedHalfDay();

    // "8.20 - 8.22", "from 1.30 to 1:40pm"
    [GeneratedRegex(
        @"(?<open>(?<![\w.:-]))(?<a>[01]?\d|2[0-3])\.(?<b>[0-5]\d)\s?(?<to>-|to|until|till|and|bis|und|thru|through)\s?(?<c>[01]?\d|2[0-3])[.:](?<d>[0-5]\d)(?!(?!am\b|pm\b)[\w.:-]|\s?(?:ms|s|%|x)\b)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex DottedRange();

    // An id stays one in whatever is pasted around it.
    [GeneratedRegex("\"[^\"\\n]{0,300}?(?<![0-9a-f])(?<id>[0-9a-f]{32})(?![0-9a-f])[^\"\\n]{0,300}\"", RegexOptions.IgnoreCase)]
    private static partial Regex IdInQuotes();

    [GeneratedRegex(
        @"<[@!][^>\s]*>|(?<!\S)@(here|channel|everyone|copilot|bot|oncall|on-call|sre|ops|devops|team|all|support)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex SlackMention();

    [GeneratedRegex(@"(?<![^\s,.!?)]):[a-z][a-z0-9_+\-]*:(?![^\s,.!?(:])", RegexOptions.IgnoreCase)]
    private static partial Regex Emoji();

    [GeneratedRegex(@"(?<![\w*.)\]])(\*{1,2}|~{1,2})(?<in>[^*~\n]+)\1(?![\w*])|(?<![\w.])_(?<in>[^_\n]+)_(?![\w.])")]
    private static partial Regex Emphasis();

    [GeneratedRegex(
        @"\b(what'?s|who'?s|where'?s|why'?s|how'?s|there'?s|that'?s|it'?s|can'?t|cannot|don'?t|doesn'?t|didn'?t|isn'?t|aren'?t|wasn'?t|won't)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Contraction();
}

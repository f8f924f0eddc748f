using System.Globalization;
using System.Text.RegularExpressions;
using Copilot.Models.Audit;
using Copilot.Models.Facts;

namespace Copilot.Models.Tests.Studies;

/// <summary>One thing of a true sentence made false.</summary>
internal sealed record Alteration(string Kind, int At, int Length, string By)
{
    public string In(string text) => string.Concat(text.AsSpan(0, At), By, text.AsSpan(At + Length));
}

/// <summary>Alters one figure, time, name, id, unit, direction, owner or relation at a time. It knows nothing of how the check
/// reads.</summary>
internal static partial class Alterations
{
    private static readonly (string One, string Other)[] Opposites =
    [
        ("rose", "fell"),
        ("jumped", "dropped"),
        ("increase", "decrease"),
        ("up from", "down from"),
        ("highest", "lowest"),
        ("slowest", "fastest"),
        ("most requests", "fewest requests"),
        ("the most", "the fewest"),
        ("most frequent", "least frequent"),
        ("more", "less"),
        ("fewer", "more"),
        ("busiest", "quietest"),
        ("longer", "shorter"),
        ("largest", "smallest"),
        ("above", "below"),
        ("stieg", "fiel"),
        ("höchste", "niedrigste"),
        ("langsamste", "schnellste"),
        ("subió", "bajó"),
        ("más alto", "más bajo"),
        ("augmenté", "diminué"),
    ];

    private static readonly (string Pattern, string By)[] Turns =
    [
        (@"\bit is over\b", "it is still going on"),
        (@"\*\*Over\*\* since", "**Still ongoing** since"),
        (@"\ball of them are over\b", "all of them are still ongoing"),
        (@"\bdirectly calls\b", "is called by"),
        (@"\bis called only by\b", "calls only"),
        (@"\bis called by\b", "calls"),
        (@"\bin turn calls\b", "is called by"),
        (@"\bdoes not call\b", "calls"),
        (@"\bnone of them failed\b", "all of them failed"),
        (@"\bno request failed\b", "every request failed"),
        (@"\bhad no failures\b", "had failures"),
        (@"\bNobody owns\b", "Two teams own"),
    ];

    public static IEnumerable<Alteration> Of(string text, FactBook book)
    {
        var numbers = Numbers().Matches(text).Where(found => !IsOrdinal(text, found)).ToList();
        return
        [
            .. numbers.SelectMany(found => Figures(text, found)),
            .. Swapped("figure of another", numbers, found => found.Groups["n"].Value, (one, other) => UnitOf(one) == UnitOf(other)),
            .. numbers.SelectMany(Units),
            .. Clocks().Matches(text).SelectMany(Times),
            .. Swapped(
                "time of another",
                [.. Clocks().Matches(text).Cast<Match>()],
                found => found.Value,
                (one, other) => one.Length == other.Length
            ),
            .. Ids().Matches(text).SelectMany(found => IdsOf(found, book)),
            .. Names(text, book),
            .. Opposites.SelectMany(pair =>
                Words("direction", text, pair.One, pair.Other).Concat(Words("direction", text, pair.Other, pair.One))
            ),
            .. Turns.SelectMany(turn =>
                Regex
                    .Matches(text, turn.Pattern, RegexOptions.IgnoreCase)
                    .Select(found => new Alteration("relation", found.Index, found.Length, turn.By))
            ),
        ];
    }

    // The first digit and the last one; of what is only said to be about so much the first alone.
    private static IEnumerable<Alteration> Figures(string text, Match found)
    {
        var digits = found.Groups["n"];
        if (Bounded().IsMatch(text[..digits.Index]))
            yield break;
        yield return new Alteration(
            "figure",
            digits.Index,
            digits.Length,
            Turned(digits.Value, digits.Value.IndexOfAny([.. "123456789"]), 1)
        );
        var last = digits.Value.LastIndexOfAny([.. "0123456789"]);
        if (digits.Value.Count(char.IsAsciiDigit) > 1 && !Hedged().IsMatch(text[..digits.Index]))
            yield return new Alteration("figure", digits.Index, digits.Length, Turned(digits.Value, last, 3));
    }

    private static string Turned(string digits, int at, int by)
    {
        if (at < 0)
            return digits.Replace('0', '4');
        var digit = digits[at] - '0';
        var turned = (digit + by) % 10;
        if (at == 0 && turned == 0)
            turned = 2;
        return $"{digits[..at]}{turned}{digits[(at + 1)..]}";
    }

    private static IEnumerable<Alteration> Swapped(
        string kind,
        IReadOnlyList<Match> found,
        Func<Match, string> text,
        Func<Match, Match, bool> isLike
    )
    {
        foreach (Match one in found)
        {
            if (found.FirstOrDefault(other => text(other) != text(one) && isLike(one, other)) is not { } other)
                continue;
            var at = one.Groups["n"] is { Success: true } digits ? digits : one;
            yield return new Alteration(kind, at.Index, at.Length, text(other));
        }
    }

    private static IEnumerable<Alteration> Units(Match found)
    {
        var unit = found.Groups["u"];
        if (!unit.Success)
            yield break;
        var by = unit.Value switch
        {
            "ms" => "s",
            "s" => "ms",
            "%" => "ms",
            "min" => "h",
            "seconds" => "minutes",
            _ => null,
        };
        if (by is not null)
            yield return new Alteration("unit", unit.Index, unit.Length, by);
    }

    private static IEnumerable<Alteration> Times(Match found)
    {
        var minute = int.Parse(found.Groups["m"].Value, CultureInfo.InvariantCulture);
        foreach (var by in (int[])[4, 17])
            yield return new Alteration(
                "time",
                found.Groups["m"].Index,
                2,
                ((minute + by) % 60).ToString("00", CultureInfo.InvariantCulture)
            );
    }

    private static IEnumerable<Alteration> IdsOf(Match found, FactBook book)
    {
        yield return new Alteration("id", found.Index + 3, 1, found.Value[3] == 'a' ? "b" : "a");
        if (
            book.Named(KnownAs.Id).FirstOrDefault(id => id.Length == 32 && !id.StartsWith(found.Value, StringComparison.Ordinal)) is
            { } other
        )
            yield return new Alteration("id of another", found.Index, found.Length, other[..found.Length]);
    }

    // A name for another one that the same results hold as the same.
    private static IEnumerable<Alteration> Names(string text, FactBook book)
    {
        foreach (
            var kind in (string[])[NameKinds.Service, NameKinds.Operation, NameKinds.Version, NameKinds.Person, NameKinds.Team, "value"]
        )
        {
            var known = Known(book, kind).OrderBy(name => name, StringComparer.Ordinal).ToList();
            foreach (var name in known)
            {
                foreach (Match found in Regex.Matches(text, $@"(?<![\w/.-]){Regex.Escape(name)}(?![\w/-]|\.\w)"))
                {
                    // An everyday word is a name where it stands as one.
                    if (kind is NameKinds.Service or NameKinds.Team && !IsSetOff(text, found))
                        continue;
                    var other =
                        known.FirstOrDefault(one => one != name && string.CompareOrdinal(one, name) > 0)
                        ?? known.FirstOrDefault(one => one != name);
                    if (other is not null)
                        yield return new Alteration(
                            kind is NameKinds.Person or NameKinds.Team ? "owner" : "name",
                            found.Index,
                            found.Length,
                            other
                        );
                }
            }
        }
    }

    private static IEnumerable<string> Known(FactBook book, string kind) =>
        kind == "value"
            ? book
                .EntryNames.Where(name => name.Any(char.IsUpper) || name.Contains('-', StringComparison.Ordinal))
                .Where(name =>
                    book.KindsOf(name)
                        .All(of =>
                            NameKinds.IsValue(of) && of is not ("=kind" or "=summary" or "=message" or "=body" or "=severity" or "=contact")
                        )
                )
            : book.EntryNames.Where(name =>
                book.KindsOf(name) is var kinds && kinds.Contains(kind) && (kind != NameKinds.Team || !kinds.Contains(NameKinds.Service))
            );

    private static bool IsSetOff(string text, Match found) =>
        (found.Index > 0 && text[found.Index - 1] is '`' or '*')
        || CellStart().IsMatch(text[..found.Index])
        || ItemStart().IsMatch(text[..found.Index])
        || Team().IsMatch(text[..found.Index])
        || found.Value.Contains('-', StringComparison.Ordinal);

    private static IEnumerable<Alteration> Words(string kind, string text, string one, string other) =>
        Regex
            .Matches(text, $@"(?<![\p{{L}}`]){Regex.Escape(one)}(?!\p{{L}})")
            .Select(found => new Alteration(kind, found.Index, found.Length, other));

    private static bool IsOrdinal(string text, Match found) =>
        Ordinal()
            .IsMatch(text[LineStart(text, found.Index)..(found.Index + found.Length + (found.Index + found.Length < text.Length ? 1 : 0))]);

    private static int LineStart(string text, int at) => text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1;

    private static string UnitOf(Match found) => found.Groups["u"].Value;

    [GeneratedRegex(
        @"(?<![\w.:,/`#-])(?<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)(?![\w:]|[.,]\d|\.\d|[‑-]\d)"
            + @"(?:\s?(?<u>ms|s|%|min|seconds)(?!\w))?",
        RegexOptions.None
    )]
    private static partial Regex Numbers();

    [GeneratedRegex(@"(?<![\d:])(?<h>\d\d):(?<m>\d\d)(?::\d\d(?:\.\d+)?)?(?![\d:])")]
    private static partial Regex Clocks();

    [GeneratedRegex(@"(?<![\w-])(?:[0-9a-f]{32}|(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8})(?![\w-])")]
    private static partial Regex Ids();

    [GeneratedRegex(@"^\s*\d+\.$")]
    private static partial Regex Ordinal();

    // What is below 20 ms is below 30 ms too.
    [GeneratedRegex(@"(?:almost|over|than|above|below|within)\s(?:about\s)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Bounded();

    [GeneratedRegex(@"(?:about|roughly|rund|etwa|×)\s?(?:\d+ min )?$", RegexOptions.IgnoreCase)]
    private static partial Regex Hedged();

    [GeneratedRegex(@"\|\s*[*`]*$")]
    private static partial Regex CellStart();

    [GeneratedRegex(@"(?:^|\n)\s*(?:[-*]|\d+\.)\s+[*`]*$")]
    private static partial Regex ItemStart();

    [GeneratedRegex(@"(?:team|belongs to|owner:?|owner|on call for|pager of) [`*]*$")]
    private static partial Regex Team();
}

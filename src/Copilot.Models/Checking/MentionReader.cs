using System.Text.RegularExpressions;
using Copilot.Models.Audit;
using Copilot.Models.Facts;
using Copilot.Models.Phrases;

namespace Copilot.Models.Checking;

/// <summary>Finds what a sentence mentions: names, figures, times, and what is judged by itself, in their order.</summary>
internal sealed class MentionReader(FactBook book, KnownClaims known)
{
    private static readonly string[] Plainly =
    [
        NameKinds.Service,
        NameKinds.Team,
        NameKinds.Person,
        NameKinds.Operation,
        NameKinds.Version,
        NameKinds.Document,
    ];

    private readonly List<string> _plain =
    [
        .. book.EntryNames.Where(name => IsLookedFor(book, name) || IsValue(book, name)).OrderByDescending(name => name.Length),
    ];

    private readonly HashSet<string> _shaped = [.. book.EntryNames.Where(name => IsLookedFor(book, name))];

    /// <param name="english">Otherwise a point may stand between thousands.</param>
    /// <param name="own">The sentence without what is told as somebody's words.</param>
    public IReadOnlyList<Mention> Read(string sentence, bool english, out string own)
    {
        var found = new List<Mention>();
        var left = new char[sentence.Length];
        sentence.CopyTo(0, left, 0, sentence.Length);
        Collect(sentence, sentence, 0, english, found, left);
        Names(sentence, found);
        own = new string(left);
        return [.. found.OrderBy(mention => mention.At)];
    }

    private void Collect(string sentence, string part, int offset, bool english, List<Mention> found, char[] own)
    {
        foreach (Match match in Claims.Pattern.Matches(part))
        {
            if (match.Groups["speech"].Success)
            {
                if (!known.IsSpeech(match, part))
                {
                    var inner = match.Groups["said"];
                    Collect(sentence, inner.Value, offset + inner.Index, english, found, own);
                    continue;
                }

                Array.Fill(own, ' ', offset + match.Index, match.Length);
                found.Add(Named(match, offset, match.Groups["said"].Value.Trim(), Standing.Shown));
                continue;
            }

            if (Of(match, part, offset, english) is { } mention)
                found.Add(mention);
        }
    }

    private Mention? Of(Match match, string part, int offset, bool english)
    {
        bool Is(string group) => match.Groups[group].Success;
        var after = part[(match.Index + match.Length)..];
        if (Is("number") && !known.IsVersionAt(match, part))
            return Number(match.Index, match.Value, part, offset, english);
        if (Is("words"))
            return Words(match, part, offset);
        if (Is("time"))
            return Time(match.Value, after, match.Index + offset);
        if (Is("list"))
            return null;
        var standing =
            Is("number") ? Standing.Shown
            : known.Of(match, part, out var shown) is var own && own == Standing.Plain ? Standing.Plain
            : own;
        if (Is("code") || Is("quoted"))
            return Code(match, part, offset, english, standing);
        if (Is("hex") || Is("version") || Is("number") || Is("address") || Is("mention"))
            return Named(match, offset, match.Value.TrimEnd('…', '.'), standing) with { Shown = ShownOf(match, part) };
        // A bare word that is known is found among the names.
        if (standing == Standing.Plain || (standing == Standing.Shown && !Is("people") && !Is("person")))
            return null;
        return Named(match, offset, match.Value, standing) with { Shown = ShownOf(match, part) };
    }

    private string? ShownOf(Match match, string part)
    {
        known.Of(match, part, out var shown);
        return shown == match.Value ? null : shown;
    }

    // A figure or a time in code is one all the same, unless it is a value that somebody wrote.
    private Mention Code(Match match, string part, int offset, bool english, Standing standing)
    {
        var inner = (match.Groups["code"].Success ? match.Groups["inner"] : match.Groups["name"]).Value.Trim();
        if (standing == Standing.Struck)
        {
            if (MentionWords.WholeNumber().IsMatch(inner))
                return Number(match.Index, inner, part, offset, english) with { Text = match.Value, At = offset + match.Index };
            if (MentionWords.WholeTime().IsMatch(inner) && Time(inner, string.Empty, offset + match.Index) is { } time)
                return time with { Text = match.Value };
        }

        return Named(match, offset, inner, standing) with
        {
            IsAnchor = true,
        };
    }

    private Mention Named(Match match, int offset, string words, Standing standing) =>
        new()
        {
            Kind = standing is Standing.Shown or Standing.Quoted ? MentionKind.Name : MentionKind.Alone,
            At = offset + match.Index,
            Text = match.Value,
            Names = [.. NamesOf(words).Distinct()],
            Standing = standing,
            IsAnchor = true,
        };

    // A whole name, the first digits of an id, a part of a person's name, or the value of a condition.
    private IEnumerable<(string Kind, string Name)> NamesOf(string words)
    {
        foreach (var kind in book.KindsOf(words))
            yield return (kind, words);
        if (MentionWords.Hex().IsMatch(words))
        {
            foreach (
                var id in book.Named(KnownAs.Id)
                    .Where(id => id.StartsWith(words, StringComparison.OrdinalIgnoreCase) && id.Length != words.Length)
            )
                yield return (NameKinds.Id, id);
        }

        foreach (var person in book.Named(KnownAs.Person).Where(person => person != words && IsPartOf(words, person)))
            yield return (NameKinds.Person, person);
        if (words.TrimStart('v', 'V') is var bare && bare != words)
        {
            foreach (var kind in book.KindsOf(bare).Where(kind => kind == NameKinds.Version))
                yield return (kind, bare);
        }

        if (words.Split('=', 2, StringSplitOptions.TrimEntries) is [var key, var value] && key.Length > 0)
        {
            var plain = value.Trim('"', ' ');
            foreach (var kind in book.KindsOf(plain).Where(kind => NameKinds.IsValue(kind) && IsKey(key, NameKinds.AttributeOf(kind))))
                yield return (kind, plain);
        }
    }

    private static bool IsKey(string said, string attribute) =>
        said.Trim('!', ' ') is var key
        && (
            key.Equals(attribute, StringComparison.OrdinalIgnoreCase)
            || key.EndsWith("." + attribute, StringComparison.OrdinalIgnoreCase)
            || attribute.EndsWith("." + key, StringComparison.OrdinalIgnoreCase)
        );

    private static bool IsPartOf(string words, string person) =>
        WholeWords.Find(words, person) >= 0 || person.Split(' ').Contains(words, StringComparer.OrdinalIgnoreCase);

    private static Mention? Time(string said, string after, int at) =>
        SaidTime.Of(said, after) is { } time
            ? new Mention
            {
                Kind = MentionKind.Time,
                At = at,
                Text = said,
                Time = time,
            }
            : new Mention
            {
                Kind = MentionKind.Alone,
                At = at,
                Text = said,
                Standing = Standing.Struck,
            };

    private static Mention Number(int at, string said, string part, int offset, bool english)
    {
        var end = at + said.Length;
        var (before, after) = (part[..at], part[end..]);
        var readings = SaidNumber.Readings(said.Trim(), english).ToList();
        var plain = readings.Where(reading => reading.Unit is null).ToList();
        if (MentionWords.Times().IsMatch(after) || MentionWords.TimesBefore().IsMatch(before))
            readings.InsertRange(0, plain.Select(reading => reading.As(FactUnit.Times, 1)));
        if (MentionWords.Points().IsMatch(after))
            readings.AddRange(plain.Select(reading => reading.As(FactUnit.Ratio, 0.01)));
        if (MentionWords.PerMinute().IsMatch(after))
            readings.AddRange(plain.Select(reading => reading.As(FactUnit.Rate, 1 / 60.0)));
        // "120–240 ms": the second says the unit of both.
        if (
            plain.Count > 0
            && MentionWords.Range().Match(after) is { Success: true } range
            && SaidNumber.Of(range.Groups["other"].Value.Trim()) is { Unit: { } unit }
        )
            readings.AddRange(plain.Select(reading => reading.As(unit, UnitScale(range.Groups["other"].Value, unit))));
        // "500s" are answers with a status, where it is no time.
        if (MentionWords.StatusCodes().IsMatch(said.Trim()))
            readings.Add(
                new SaidNumber(
                    int.Parse(said.Trim()[..3], System.Globalization.CultureInfo.InvariantCulture),
                    null,
                    CheckingThresholds.Half
                )
            );
        return new Mention
        {
            Kind = MentionKind.Number,
            At = offset + at,
            Text = said,
            Numbers = readings,
            Hedge = HedgeOf(before),
        };
    }

    private static double UnitScale(string other, FactUnit unit) =>
        unit switch
        {
            FactUnit.Duration => SaidNumber.MillisecondsOf(MentionWords.UnitWord().Match(other).Value),
            FactUnit.Ratio => 0.01,
            _ => 1,
        };

    private static Mention Words(Match match, string part, int offset)
    {
        var after = part[(match.Index + match.Length)..];
        List<SaidNumber> readings = NumberWords.Of(match.Value) is { } said ? [said] : [];
        if (readings is [{ Unit: null } plain])
        {
            if (
                MentionWords.UnitBehind().Match(after) is { Success: true } unit
                && SaidNumber.MillisecondsOf(unit.Groups["unit"].Value) is > 0 and var scale
            )
                readings = [plain.As(FactUnit.Duration, scale)];
            else if (MentionWords.Times().IsMatch(after))
                readings.Insert(0, plain.As(FactUnit.Times, 1));
        }

        return new Mention
        {
            Kind = MentionKind.Number,
            At = offset + match.Index,
            Text = match.Value,
            Numbers = readings,
            Hedge = HedgeOf(part[..match.Index]),
        };
    }

    private static Hedge HedgeOf(string before) =>
        HedgeWords.Of(before) switch
        {
            (true, _, _) => Hedge.About,
            (_, _, true) => Hedge.Above,
            (_, true, _) => Hedge.Below,
            _ => Hedge.None,
        };

    // Names stand in plain words too; whatever overlaps with what was found already is a part of it.
    private void Names(string sentence, List<Mention> found)
    {
        var hasCode = found.Exists(mention => mention.Is(NameKinds.Service) && mention.Text.StartsWith('`'));
        foreach (var name in _plain)
        {
            for (var at = WholeWords.Find(sentence, name); at >= 0; at = WholeWords.Find(sentence, name, at + name.Length))
            {
                var end = at + name.Length;
                bool Overlaps(Mention mention) => mention.At < end && at < mention.End;
                if (
                    found.Exists(mention =>
                        Overlaps(mention)
                        && (
                            mention.Names.Count > 0
                            || mention.Kind is MentionKind.Number or MentionKind.Time
                            || mention.Text.StartsWith('`')
                        )
                    )
                )
                    continue;
                if (!_shaped.Contains(name) && !IsSetOff(sentence, at))
                    continue;
                found.RemoveAll(mention => Overlaps(mention) && mention.Standing != Standing.Struck);
                if (found.Exists(Overlaps))
                    continue;
                var kinds = book.KindsOf(name).ToList();
                // "ERROR" of a log record is not the "error" of a rate.
                if (kinds.TrueForAll(NameKinds.IsValue) && !sentence.AsSpan(at, name.Length).SequenceEqual(name))
                    continue;
                if (
                    kinds.Contains(NameKinds.Team)
                    && kinds.Count > 1
                    && (MentionWords.TeamBefore().IsMatch(sentence[..at]) || MentionWords.TeamBehind().IsMatch(sentence[end..]))
                )
                    kinds = [NameKinds.Team];
                found.Add(
                    new Mention
                    {
                        Kind = MentionKind.Name,
                        At = at,
                        Text = sentence[at..end],
                        Names = [.. kinds.Select(kind => (kind, name))],
                        Standing = Standing.Shown,
                        // A service called by an everyday word: beside names in code it is more likely the word.
                        IsAnchor = !hasCode || !kinds.Contains(NameKinds.Service) || !IsWord(name) || IsMarked(sentence, at, end),
                    }
                );
            }
        }
    }

    private static bool IsMarked(string sentence, int at, int end) =>
        (at > 0 && sentence[at - 1] is '*' or '|' or '(') || (end < sentence.Length && sentence[end] is '*' or '|' or ':');

    private static bool IsWord(string name) => name.All(char.IsAsciiLetterLower);

    // At the head of an item, or alone in a cell.
    private static bool IsSetOff(string sentence, int at) => MentionWords.ItemHead().IsMatch(sentence[..at]);

    private static bool IsValue(FactBook book, string name) =>
        name.Length is > 2 and <= 60
        && name.Any(char.IsLetter)
        && book.KindsOf(name).Any(kind => NameKinds.IsValue(kind) && kind != "=severity" && kind != "=kind");

    // Values that look like everyday words are looked for in code, and where nothing else can stand.
    private static bool IsLookedFor(FactBook book, string name)
    {
        var kinds = book.KindsOf(name);
        if (kinds.Any(Plainly.Contains))
            return name.Length > 1 && !kinds.All(kind => kind == NameKinds.Id);
        return name.Length is > 2 and <= 60
            && kinds.Any(NameKinds.IsValue)
            && name.Any(char.IsLetter)
            && name.Any(sign => char.IsUpper(sign) || char.IsDigit(sign) || sign is '-' or '_' or '.');
    }
}

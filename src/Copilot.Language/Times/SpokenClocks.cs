using Copilot.Language.Lexicon;
using Copilot.Language.Tokens;

namespace Copilot.Language.Times;

/// <summary>Joins clock times in words to one token: "quarter past five", "seventeen minutes to nine", "eight fifty-four", "viertel nach
/// acht".</summary>
internal sealed class SpokenClocks
{
    private static readonly TimeSpan Hours12 = TimeSpan.FromHours(12);

    private readonly IReadOnlyList<WordToken> _wordTokens;
    private readonly SpokenClockReader _reader;
    private readonly DateTimeOffset _asOf;
    private readonly TimeZoneInfo _zone;
    private readonly List<WordToken> _joined;

    private SpokenClocks(IReadOnlyList<WordToken> wordTokens, DateTimeOffset asOf, TimeZoneInfo zone)
    {
        _wordTokens = wordTokens;
        _reader = new SpokenClockReader(wordTokens);
        _asOf = asOf;
        _zone = zone;
        _joined = new List<WordToken>(wordTokens.Count);
    }

    public static IReadOnlyList<WordToken> Join(IReadOnlyList<WordToken> wordTokens, DateTimeOffset asOf, TimeZoneInfo zone) =>
        new SpokenClocks(wordTokens, asOf, zone).Join();

    private IReadOnlyList<WordToken> Join()
    {
        for (var i = 0; i < _wordTokens.Count; )
        {
            // "4:40 and 4:50 in the afternoon"
            if (_joined.Count > 0 && _joined[^1].Kind == WordTokenKind.Clock && _reader.HalfBehind(i) is { } half)
            {
                if (half.IsLate)
                    Later(_joined);
                i = half.End;
            }
            else if (Before() is null && _reader.Pair(i) is { } pair)
            {
                Add(i, pair.Join, pair.First, pair.End);
                _joined.Add(_wordTokens[pair.Join]);
                Add(pair.Join + 1, pair.End, pair.Second, pair.End);
                i = pair.End;
            }
            else if (_reader.Read(i, Before()) is { } clock)
            {
                Add(i, clock.End, clock.Time, clock.End);
                i = clock.End;
            }
            else if (Before() is not null && _reader.HourAlone(i) is { } hour)
            {
                Add(i, hour.End, hour.Time, hour.End);
                i = hour.End;
            }
            else
            {
                _joined.Add(_wordTokens[i++]);
            }
        }

        return _joined;
    }

    // The clock time told just before: "from five past eight to a quarter past".
    private TimeSpan? Before() =>
        _joined is [.., { Kind: WordTokenKind.Clock } begin, var join] && WordRoles.Until.Contains(join.Lower) ? begin.TimeOfDay : null;

    private void Add(int start, int end, TimeSpan time, int behind)
    {
        var text = string.Join(' ', _wordTokens.Skip(start).Take(end - start).Select(t => t.Lower));
        _joined.Add(
            _wordTokens[start] with
            {
                Kind = WordTokenKind.Clock,
                Text = text,
                Lower = text,
                Stem = "",
                Glue = '\0',
                TimeOfDay =
                    Before() is { } begin && begin >= Hours12 && time < Hours12 && time + Hours12 > begin
                        ? time + Hours12
                        : Half(behind, time),
                Precision = TimeSpan.FromMinutes(1),
                HasOffset = false,
            }
        );
    }

    // The time before it, and the one that a range begins with.
    private static void Later(List<WordToken> joined)
    {
        for (var i = joined.Count - 1; i >= 0 && joined[i].Kind == WordTokenKind.Clock; i -= 2)
        {
            if (joined[i].TimeOfDay < Hours12)
                joined[i] = joined[i] with { TimeOfDay = joined[i].TimeOfDay + Hours12 };
            if (i == 0 || !WordRoles.Until.Contains(joined[i - 1].Lower))
                return;
        }
    }

    // People speak of twelve hours: the half of the day is said behind it, or it is the one that passed last.
    private TimeSpan Half(int end, TimeSpan time)
    {
        if (time >= TimeSpan.FromHours(13))
            return time;
        var early = time >= Hours12 ? time - Hours12 : time;
        var late = early + Hours12;
        if (_reader.SaysHalf(end) is { } isLate)
            return isLate ? late : early;
        var now = TimeZoneInfo.ConvertTime(_asOf, _zone).TimeOfDay;
        return late <= now || early > now ? late : early;
    }
}

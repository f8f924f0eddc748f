using Copilot.Language.Lexicon;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Asks;

/// <summary>The level of log records said by its name: "level WARN", "at warning level", "severity=error", "info lines".</summary>
internal static class LogLevels
{
    /// <summary>The lowest number of each level, as OpenTelemetry counts them.</summary>
    private static readonly (IReadOnlySet<string> Names, int From)[] All =
    [
        (WordRoles.DebugLevel, 5),
        (WordRoles.InfoLevel, 9),
        (WordRoles.WarnLevel, 13),
        (WordRoles.ErrorLevel, 17),
        (WordRoles.FatalLevel, 21),
    ];

    /// <summary>The lowest severity and the one that is not reached any more (null: none); null where no level is named. Uses the
    /// words.</summary>
    public static (int From, int? Below)? Read(Sentence s)
    {
        if (Place(s) is not { } place)
            return null;
        s.Use(place.Start, place.End);
        var (from, below) = (All[place.Level].From, place.Level is 3 or 4 ? (int?)null : All[place.Level + 1].From);
        return (from, below);
    }

    /// <summary>It is a level's name, and no value of an attribute.</summary>
    public static bool IsName(string word) => All.Any(level => level.Names.Contains(word.ToLowerInvariant()));

    /// <summary>A level is named at this word or right behind it.</summary>
    public static bool StartsAt(Sentence s, int i) => Place(s) is { } place && place.Start <= i + 1 && place.End > i;

    private static (int Start, int End, int Level)? Place(Sentence s)
    {
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            if (!WordRoles.Level.Contains(s.Tokens[i].Lower))
                continue;
            var at = i + 1;
            while (at < s.Tokens.Count && IsBetween(s, at))
                at++;
            if (at < s.Tokens.Count && LevelOf(s, at) is { } behind)
                return (i, at + 1, behind);
            if (i > 0 && LevelOf(s, i - 1) is { } before)
                return (i - 1, i + 1, before);
        }

        // "info lines", "WARN entries"
        for (var i = 0; i + 1 < s.Tokens.Count; i++)
        {
            if (LevelOf(s, i) is { } level and not 3 && s.MeansAt(i + 1, Concept.Log))
                return (i, i + 1, level);
        }

        return null;
    }

    private static bool IsBetween(Sentence s, int i) =>
        s.Tokens[i].Kind == WordTokenKind.Symbol || WordRoles.Of.Contains(s.Tokens[i].Lower) || s.MeansAt(i, Concept.Be, Concept.Equals);

    private static int? LevelOf(Sentence s, int i)
    {
        var level = Array.FindIndex(All, l => l.Names.Contains(s.Tokens[i].Lower));
        return level < 0 ? null : level;
    }
}

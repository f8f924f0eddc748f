using System.Collections.Frozen;
using Copilot.Language.Lexicon;

namespace Copilot.Language.Linking;

/// <summary>Countries, currencies and languages by their ISO codes, with what people call them (<c>Words/countries.txt</c>,
/// <c>Words/currencies.txt</c>, <c>Words/languages.txt</c>).</summary>
internal static class Codes
{
    /// <summary>How many of an attribute's values have to be codes for all of it to be taken for them.</summary>
    private const double Most = 0.7;

    private static readonly FrozenDictionary<string, string[]>[] Tables = [Read("countries"), Read("currencies"), Read("languages")];

    /// <summary>The names of a value, where the values are codes of one of these kinds; null where they are of none.</summary>
    public static Func<string, IReadOnlyList<string>>? NamesOf(IReadOnlyCollection<string> values)
    {
        foreach (var table in Tables)
        {
            if (AreMost(values.Count(table.ContainsKey), values.Count))
                return value => table.TryGetValue(value, out var names) ? names : [];
        }

        return null;
    }

    /// <summary>How many of the values are codes, of each kind.</summary>
    public static IReadOnlyList<int> Count(IReadOnlyCollection<string> values) => [.. Tables.Select(t => values.Count(t.ContainsKey))];

    /// <summary>Whether so many codes are enough among so many values.</summary>
    public static bool AreMost(int codes, int values) => codes >= Math.Max(1, Most * values);

    private static FrozenDictionary<string, string[]> Read(string file) =>
        WordFiles
            .Read(file)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .SelectMany(parts => parts[0].Split(' ').Select(code => (code, Names: parts[1..])))
            .DistinctBy(pair => pair.code)
            .ToFrozenDictionary(pair => pair.code, pair => pair.Names, StringComparer.Ordinal);
}

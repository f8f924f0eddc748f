using System.Collections.Frozen;
using System.Globalization;
using Copilot.Language.Lexicon;

namespace Copilot.Language.Asks;

/// <summary>Words for places in a ranking.</summary>
internal static class Ordinals
{
    private static readonly FrozenDictionary<string, int> Places = WordFiles
        .Read("ordinals")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' '))
        .ToFrozenDictionary(parts => parts[0], parts => int.Parse(parts[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>From 1; null where the word is none.</summary>
    public static int? Of(string lower) => Places.TryGetValue(lower, out var place) ? place : null;
}

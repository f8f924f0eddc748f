using System.Collections.Frozen;
using System.Text;

namespace Copilot.Incidents.Runbooks;

/// <summary>Words of runbooks and of troubles, cut to stems, and the words that people use for each kind of trouble.</summary>
internal static class SymptomWords
{
    private static readonly FrozenSet<string> Stop = new[]
    {
        "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "for", "from", "has", "have", "if", "in", "into", "is", "it", "its", "not", "of", "on", "one",
        "or", "so", "than", "that", "the", "their", "them", "then", "there", "this", "to", "was", "were", "when", "which", "will", "with", "you", "your",
    }.ToFrozenSet();

    private static readonly FrozenDictionary<string, string[]> ByKind = new Dictionary<string, string[]>
    {
        ["errors"] = ["error", "fail", "failure", "5xx", "500", "502", "503", "exception", "crash", "broken", "corrupt", "degrade", "unavailable", "reject", "down", "wrong"],
        ["latency"] = ["slow", "latency", "late", "long", "timeout", "delay", "wait", "hang", "stuck", "duration", "p95", "p99", "lock", "second", "behind"],
        ["saturation"] = ["queue", "backlog", "behind", "lag", "full", "exhaust", "saturation", "pool", "throttle", "overload", "wait", "late", "slow", "grow"],
        ["resource"] = ["cpu", "memory", "oom", "disk", "heap", "throttle", "restart", "slow", "saturation", "exhaust"],
        ["network"] = ["network", "connection", "dns", "tls", "packet", "unreachable", "timeout", "latency", "slow", "drop", "reset"],
        ["change"] = ["deploy", "rollback", "release", "version", "flag", "config", "error", "slow", "fail"],
        ["traffic"] = ["traffic", "throughput", "surge", "load", "spike", "campaign", "peak", "double"],
    }.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.Select(Stem).ToArray());

    /// <summary>Stems in order, stop words left out. Parts of compound and camel-case words come beside the whole.</summary>
    public static IEnumerable<string> Of(string text)
    {
        foreach (var word in Split(text))
        {
            var lower = word.ToLowerInvariant();
            if (lower.Length > 1 && !Stop.Contains(lower))
                yield return Stem(lower);
        }
    }

    /// <summary>How many of the kind's own words the text holds.</summary>
    public static int Hits(string kind, IReadOnlySet<string> stems) =>
        ByKind.TryGetValue(kind, out var words) ? words.Count(stems.Contains) : 0;

    public static IReadOnlyList<string> OfKind(string kind) => ByKind.GetValueOrDefault(kind) ?? [];

    internal static string Stem(string word)
    {
        foreach (var (ending, keep) in new[] { ("ies", "y"), ("ing", ""), ("ed", ""), ("ation", ""), ("ures", ""), ("ure", ""), ("es", ""), ("s", ""), ("e", "") })
        {
            if (word.Length > ending.Length + 2 && word.EndsWith(ending, StringComparison.Ordinal) && !word.EndsWith("ss", StringComparison.Ordinal))
                return word[..^ending.Length] + keep;
        }

        return word;
    }

    private static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            var newHump = char.IsUpper(character) && i > 0 && char.IsLower(text[i - 1]);
            if ((!char.IsLetterOrDigit(character) || newHump) && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }

            if (char.IsLetterOrDigit(character))
                word.Append(character);
        }

        if (word.Length > 0)
            yield return word.ToString();
    }
}

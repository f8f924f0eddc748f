using System.Collections.Frozen;
using System.Text;
using Copilot.Telemetry.Records;

namespace Copilot.Incidents.Guide;

/// <summary>Words of runbooks and of troubles, cut to stems, and the words that people use for each kind of trouble.</summary>
internal static class SymptomWords
{
    private static readonly FrozenSet<string> Stop = new[]
    {
        "a",
        "about",
        "after",
        "all",
        "also",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "between",
        "but",
        "by",
        "can",
        "could",
        "do",
        "does",
        "for",
        "from",
        "get",
        "go",
        "goes",
        "had",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "keep",
        "keeps",
        "make",
        "may",
        "must",
        "my",
        "no",
        "not",
        "of",
        "on",
        "one",
        "or",
        "our",
        "over",
        "should",
        "so",
        "some",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "too",
        "up",
        "use",
        "used",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    }.ToFrozenSet();

    private static readonly FrozenDictionary<CauseKind, string[]> ByKind = new Dictionary<CauseKind, string[]>
    {
        [CauseKind.Errors] =
        [
            "error",
            "fail",
            "failure",
            "5xx",
            "500",
            "502",
            "503",
            "exception",
            "crash",
            "broken",
            "corrupt",
            "degrade",
            "unavailable",
            "reject",
            "down",
            "wrong",
        ],
        [CauseKind.Latency] =
        [
            "slow",
            "latency",
            "late",
            "long",
            "timeout",
            "delay",
            "wait",
            "hang",
            "stuck",
            "duration",
            "p95",
            "p99",
            "lock",
            "second",
            "behind",
        ],
        [CauseKind.Saturation] =
        [
            "queue",
            "backlog",
            "behind",
            "lag",
            "full",
            "exhaust",
            "saturation",
            "pool",
            "throttle",
            "overload",
            "wait",
            "late",
            "slow",
            "grow",
        ],
        [CauseKind.Resource] = ["cpu", "memory", "oom", "disk", "heap", "throttle", "restart", "slow", "saturation", "exhaust"],
        [CauseKind.Network] =
        [
            "network",
            "connection",
            "dns",
            "tls",
            "packet",
            "unreachable",
            "timeout",
            "latency",
            "slow",
            "drop",
            "reset",
        ],
        [CauseKind.Change] = ["deploy", "rollback", "release", "version", "flag", "config", "error", "slow", "fail"],
        [CauseKind.Traffic] = ["traffic", "throughput", "surge", "load", "spike", "campaign", "peak", "double"],
    }.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.Select(Stem).ToArray());

    /// <summary>Words that runbooks and people use for much the same.</summary>
    private static readonly FrozenDictionary<string, string[]> Alike = Groups(
        ["full", "fill", "exhaust", "space", "quota", "overflow"],
        ["disk", "filesystem", "storage", "volume", "space"],
        ["memory", "oom", "ram", "heap"],
        ["cpu", "processor", "throttle", "core"],
        ["restart", "crash", "loop", "reboot", "crashloop", "backoff"],
        ["down", "unavailable", "unreachable", "absent", "missing", "gone", "dead", "offline", "disappear"],
        ["slow", "latency", "delay", "duration", "lag", "late"],
        ["error", "fail", "failure", "exception", "broken"],
        ["flap", "flip", "toggle", "unstable", "bounce"],
        ["stuck", "hang", "pending", "wait", "block", "stall"],
        ["certificate", "cert", "tls", "expire", "expiration"],
        ["clock", "time", "ntp", "skew", "drift"],
        ["drop", "loss", "lost", "discard"],
        ["deploy", "rollout", "release", "update", "upgrade"],
        ["autoscaler", "hpa", "scale", "replica"],
        ["queue", "backlog", "lag", "behind"],
        ["deny", "reject", "refuse", "forbid"],
        ["limit", "maximum", "max", "quota", "cap"]
    );

    /// <summary>Stems in order, stop words left out. Compound and camel-case words come as their parts.</summary>
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
    public static int Hits(CauseKind kind, IReadOnlySet<string> stems) =>
        ByKind.TryGetValue(kind, out var words) ? words.Count(stems.Contains) : 0;

    public static IReadOnlyList<string> OfKind(CauseKind kind) => ByKind.GetValueOrDefault(kind) ?? [];

    /// <summary>The stems that mean much the same.</summary>
    public static IReadOnlyList<string> Like(string stem) => Alike.GetValueOrDefault(stem) ?? [];

    internal static string Stem(string word)
    {
        foreach (
            var (ending, keep) in new[]
            {
                ("iness", "y"),
                ("ies", "y"),
                ("ing", ""),
                ("ed", ""),
                ("ation", ""),
                ("ures", ""),
                ("ure", ""),
                ("es", ""),
                ("s", ""),
                ("e", ""),
            }
        )
        {
            if (
                word.Length > ending.Length + 2
                && word.EndsWith(ending, StringComparison.Ordinal)
                && !word.EndsWith("ss", StringComparison.Ordinal)
            )
                return Undoubled(word[..^ending.Length]) + keep;
        }

        return word;
    }

    /// <summary>"Dropped" is dropp and then drop; "full" stays, because nothing was cut off.</summary>
    private static string Undoubled(string stem) =>
        stem.Length > RunbookThresholds.ShortestDoubled && stem[^1] == stem[^2] && !"aeiousl".Contains(stem[^1], StringComparison.Ordinal)
            ? stem[..^1]
            : stem;

    private static FrozenDictionary<string, string[]> Groups(params string[][] groups)
    {
        var stems = groups.Select(group => group.Select(Stem).Distinct(StringComparer.Ordinal).ToArray()).ToArray();
        return stems
            .SelectMany(group => group)
            .Distinct(StringComparer.Ordinal)
            .ToFrozenDictionary(
                stem => stem,
                stem =>
                    stems
                        .Where(group => group.Contains(stem))
                        .SelectMany(group => group)
                        .Where(other => other != stem)
                        .Distinct(StringComparer.Ordinal)
                        .ToArray()
            );
    }

    private static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            // A hump begins after a small letter, and with the last capital of several: KubeAPIErrors is kube, api, errors.
            var newHump =
                char.IsUpper(character)
                && i > 0
                && (char.IsLower(text[i - 1]) || (char.IsUpper(text[i - 1]) && i + 1 < text.Length && char.IsLower(text[i + 1])));
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

using Copilot.Agent.Interpretation.Linking;
using Copilot.Agent.Interpretation.Sentences;

namespace Copilot.Agent.Interpretation.Subjects;

/// <summary>Processor, memory and the like: words for what services use up, as parts of metric names.</summary>
internal static class ResourceReader
{
    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["cpu"] = ["cpu"], ["cpus"] = ["cpu"], ["processor"] = ["cpu"], ["prozessor"] = ["cpu"], ["compute"] = ["cpu"],
        ["memory"] = ["memory", "heap"], ["mem"] = ["memory", "heap"], ["ram"] = ["memory", "heap"], ["speicher"] = ["memory", "heap"], ["heap"] = ["heap"],
        ["gc"] = ["gc"], ["threads"] = ["thread"], ["eventloop"] = ["eventloop"], ["disk"] = ["disk"], ["connections"] = ["connection"], ["throttling"] = ["throttl"], ["throttled"] = ["throttl"],
    };

    /// <summary>The parts of names and the token that says so; null where none is named.</summary>
    public static (IReadOnlyList<string> Names, int At)? Read(Sentence sentence)
    {
        for (var i = 0; i < sentence.Tokens.Count; i++)
        {
            if (sentence.WordAt(i) is { } word && Words.TryGetValue(word, out var names) && sentence.LinkAt(i) is not { Kind: LinkKind.Service or LinkKind.Operation } && sentence.Tokens[i].Glue is '\0' or '/')
                return (names, i);
        }

        return null;
    }
}

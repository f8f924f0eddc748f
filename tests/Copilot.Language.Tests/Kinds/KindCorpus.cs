using Copilot.Language.Kinds;

namespace Copilot.Language.Tests.Kinds;

/// <summary>One question of somebody, with names and times masked, and the kinds of answer that are right for it.</summary>
internal sealed record KindExample(string Author, IReadOnlySet<AskKind> Kinds, IReadOnlyCollection<string> Features);

/// <summary>The questions that the kinds are learned from (<c>corpus.tsv</c>: author, kinds, masked words).</summary>
internal static class KindCorpus
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Kinds", "corpus.tsv");

    public static IReadOnlyList<KindExample> Read() =>
        [
            .. File.ReadLines(Path)
                .Select(line => line.Split('\t'))
                .Select(part => new KindExample(
                    part[0],
                    part[1].Split(',').Select(Enum.Parse<AskKind>).ToHashSet(),
                    KindFeatures.Of(part[2].Split(' '))
                )),
        ];

    public static string Train(IEnumerable<KindExample> examples) =>
        KindTrainer.Train([.. examples.Select(e => (e.Author, e.Kinds, e.Features))]);
}

using Copilot.Language.Kinds;

namespace Copilot.Language.Tests.Kinds;

/// <summary>What is learned from: the questions (<c>corpus.tsv</c>: author, kinds, masked words) and the messages that are cut
/// (<c>messages.tsv</c>: author, masked words with a bar where something new begins).</summary>
internal static class KindCorpus
{
    public static IReadOnlyList<KindExample> Read() => [.. Lines("corpus.tsv").Select(KindExample.Parse)];

    public static string Train(IEnumerable<KindExample> examples) => KindTrainer.Train([.. examples]);

    public static IReadOnlyList<(string Author, IReadOnlyList<IReadOnlyList<string>> Pieces)> Messages() =>
        [
            .. Lines("messages.tsv")
                .Select(line => line.Split('\t'))
                .Select(parts =>
                    (parts[0], (IReadOnlyList<IReadOnlyList<string>>)[.. parts[1].Split(" | ").Select(piece => piece.Split(' '))])
                ),
        ];

    private static IEnumerable<string> Lines(string file) => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Kinds", file));
}

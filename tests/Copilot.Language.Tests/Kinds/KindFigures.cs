using Copilot.Language.Kinds;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Language.Tests.Kinds;

/// <summary>Learning, and what it is worth on authors that were left out. <c>COPILOT_WRITE_KINDS=1</c> writes the weights anew:
/// <c>COPILOT_WRITE_KINDS=1 dotnet test tests/Copilot.Language.Tests -c Release --filter KindFigures</c>.</summary>
[Trait("needs", "figures")]
public sealed class KindFigures(ITestOutputHelper output)
{
    [Fact]
    public void The_weights_are_those_of_the_corpus()
    {
        var learned = KindCorpus.Train(KindCorpus.Read());
        var written = Weights();
        if (Environment.GetEnvironmentVariable("COPILOT_WRITE_KINDS") == "1")
            File.WriteAllText(written, learned);

        Assert.True(File.ReadAllText(written) == learned, "The weights are not those of the corpus: run this with COPILOT_WRITE_KINDS=1.");
    }

    [Fact]
    public void Each_author_is_judged_by_what_the_others_taught()
    {
        var examples = KindCorpus.Read();
        int right = 0,
            all = 0;
        foreach (var author in examples.Where(IsOfKind).GroupBy(e => e.Author).Where(g => g.Count() >= 20))
        {
            var model = KindModel.Parse(KindCorpus.Train(examples.Where(e => e.Author != author.Key)));
            var good = author.Count(e => e.Kinds.Contains(model.Judge(e.Features).MaxBy(j => j.Value).Key));
            output.WriteLine($"{author.Key}: {good} of {author.Count()}");
            (right, all) = (right + good, all + author.Count());
        }

        output.WriteLine($"all: {right} of {all}, {100.0 * right / all:0.0} %");
        Assert.True(right > 0.8 * all);
    }

    [Fact]
    public void What_asks_for_nothing_is_told_by_what_other_authors_taught()
    {
        var examples = KindCorpus.Read();
        int right = 0,
            all = 0;
        foreach (var author in examples.GroupBy(e => e.Author).Where(g => g.Any(e => e.Kinds.Contains(AskKind.Told))))
        {
            var model = KindModel.Parse(KindCorpus.Train(examples.Where(e => e.Author != author.Key)));
            var good = author.Count(e => model.Told(e.Features) > 0.5 == e.Kinds.Contains(AskKind.Told));
            output.WriteLine($"{author.Key}: {good} of {author.Count()}");
            (right, all) = (right + good, all + author.Count());
        }

        output.WriteLine($"all: {right} of {all}, {100.0 * right / all:0.0} %");
        Assert.True(right > 0.85 * all);
    }

    [Fact]
    public void The_cuts_are_those_of_the_messages()
    {
        var learned = CutModel.Train([.. KindCorpus.Messages().Select(m => m.Pieces)]);
        var written = Material.Get("src/Copilot.Language/Words/cuts.txt");
        if (Environment.GetEnvironmentVariable("COPILOT_WRITE_KINDS") == "1")
            File.WriteAllText(written, learned);

        Assert.True(File.ReadAllText(written) == learned, "The cuts are not those of the messages: run this with COPILOT_WRITE_KINDS=1.");
    }

    [Fact]
    public void Where_something_new_begins_is_told_by_what_other_authors_taught()
    {
        var messages = KindCorpus.Messages();
        int right = 0,
            cut = 0,
            begun = 0;
        foreach (var author in messages.GroupBy(m => m.Author))
        {
            var model = CutModel.Parse(CutModel.Train([.. messages.Where(m => m.Author != author.Key).Select(m => m.Pieces)]));
            foreach (var (_, pieces) in author)
            {
                var words = pieces.SelectMany(piece => piece).ToList();
                var begins = pieces.Select((_, i) => pieces.Take(i).Sum(piece => piece.Count)).Skip(1).ToHashSet();
                var cuts = Enumerable.Range(1, words.Count - 1).Where(at => model.Cut(words, at) > 0.5).ToList();
                (right, cut, begun) = (right + cuts.Count(begins.Contains), cut + cuts.Count, begun + begins.Count);
            }
        }

        output.WriteLine($"{right} of {cut} cuts are right, of {begun} places");
        Assert.True(right > 0.5 * cut);
    }

    private static bool IsOfKind(KindExample example) => example.Kinds.Count > 0 && !example.Kinds.Contains(AskKind.Told);

    private static string Weights() => Material.Get("src/Copilot.Language/Words/kinds.txt");
}

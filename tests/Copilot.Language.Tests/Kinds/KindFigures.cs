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
        foreach (var author in examples.GroupBy(e => e.Author).Where(g => g.Count() >= 20))
        {
            var model = KindModel.Parse(KindCorpus.Train(examples.Where(e => e.Author != author.Key)));
            var good = author.Count(e => e.Kinds.Contains(model.Judge(e.Features).MaxBy(j => j.Value).Key));
            output.WriteLine($"{author.Key}: {good} of {author.Count()}");
            (right, all) = (right + good, all + author.Count());
        }

        output.WriteLine($"all: {right} of {all}, {100.0 * right / all:0.0} %");
        Assert.True(right > 0.8 * all);
    }

    private static string Weights() => Material.Get("src/Copilot.Language/Words/kinds.txt");
}

using Xunit;
using Xunit.Abstractions;

namespace Copilot.Models.Tests.Studies;

/// <summary>True answers over recorded results, and the same with one thing altered: how much is struck wrongly, how much slips
/// through.</summary>
public sealed class StudyTests(ITestOutputHelper output)
{
    private static readonly IReadOnlyDictionary<string, RecordedQuestion> Questions = RecordedResults.Read(Corpus("results.jsonl"));

    /// <summary>What it has reached, so that it does not fall back. The aims, 2 % and 98 %, are higher: see RESULTS.md.</summary>
    [Theory]
    [InlineData("seen.md", 0.02, 0.94)]
    [InlineData("held.md", 0.02, 0.88)]
    [InlineData("late.md", 0.06, 0.80)]
    public void Little_of_true_answers_is_struck_and_little_of_altered_ones_passes(string file, double struck, double caught)
    {
        var study = Study.Of(WrittenAnswer.Read(Corpus(file)), Questions);
        output.WriteLine(study.ToString());
        if (Environment.GetEnvironmentVariable("STUDY_TO") is { } folder)
            File.WriteAllText(Path.Combine(folder, file + ".txt"), study.ToString());
        Assert.True(study.StruckPieces <= struck * study.Pieces, study.Brief());
        Assert.True(study.Caught >= caught * study.Altered, study.Brief());
    }

    private static string Corpus(string file) => Path.Combine(AppContext.BaseDirectory, "Studies", "Corpus", file);
}

using Xunit;

namespace Copilot.Language.Tests.Readings;

public sealed class ReadingTests
{
    public static TheoryData<string, string> Table
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var line in File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Readings", "readings.tsv")))
            {
                var cells = line.Split('\t');
                if (cells.Length == 2)
                    data.Add(cells[0], cells[1]);
            }

            return data;
        }
    }

    /// <summary>Times are as of 08:18 UTC; " >> " parts the turns of a conversation.</summary>
    [Theory]
    [MemberData(nameof(Table))]
    public void A_question_is_read_as(string question, string expected) => Assert.Equal(expected, Told.Line(Told.Plan(question)));
}

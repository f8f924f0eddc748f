using Copilot.Models.Checking;
using Copilot.Models.Phrases;

namespace Copilot.Models.Tests.Studies;

/// <summary>A true answer over recorded results, as a model might write it.</summary>
/// <param name="Of">The question's id.</param>
internal sealed record WrittenAnswer(string Of, string Style, string Text)
{
    private const string Head = "=== ";

    public static IReadOnlyList<WrittenAnswer> Read(string file)
    {
        var answers = new List<WrittenAnswer>();
        foreach (var part in File.ReadAllText(file).Split(Head, StringSplitOptions.RemoveEmptyEntries))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            var name = part[..end].Split(' ');
            answers.Add(new WrittenAnswer(name[0], name[1], part[(end + 1)..].TrimEnd()));
        }

        return answers;
    }

    /// <summary>The sentences, items and rows, each as it is checked by itself.</summary>
    public static IReadOnlyList<string> Units(string text)
    {
        var units = new List<string>();
        var gate = new SentenceGate(units.Add);
        gate.Say(PlainSigns.Of(text));
        gate.End();
        return units;
    }

    /// <summary>What the check makes of each of them.</summary>
    public static IReadOnlyList<string> Checked(EvidenceCheck check, IEnumerable<string> units)
    {
        var scene = new Scene();
        return [.. units.Select(unit => check.Check(unit, scene).Text)];
    }

    /// <summary>How much of a checked sentence is marked.</summary>
    public static int Marks(string text) =>
        Count(text, "~~") / 2
        + Count(text, "shown by the data)*")
        + Count(text, "(a value in telemetry)")
        + Count(text, "could not be checked)")
        + (text.Contains("Hypothesis: ", StringComparison.Ordinal) ? 1 : 0);

    private static int Count(string text, string mark) => text.Split(mark).Length - 1;
}

using System.Text.RegularExpressions;
using Copilot.Answers.Contract;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Conversing;

/// <summary>The words of an answer and what of its results they do not tell, each row once.</summary>
internal static partial class AnswerWording
{
    public static string Of(Answer answer)
    {
        var text = Folded(answer.Text);
        var lines = answer.Shown.Select(result => Untold(result, text)).Where(lines => lines.Count > 0);
        return string.Join("\n\n", lines.Select(lines => string.Join('\n', lines)).Prepend(text));
    }

    private static IReadOnlyList<string> Untold(AnswerResult result, string text)
    {
        // From when to when and how bad at most is what the words are about.
        if (result is PeriodResult { Peak: { } peak } period && text.Contains(Quantity.Text(peak, period.Unit), StringComparison.Ordinal))
            return [];
        // A list in the words is the rows; where there is none they come below a heading.
        if (result is SeriesResult || !Row().IsMatch(text))
            return [.. ResultLines.Of(result).Where(line => !IsTold(line, text))];
        return [];
    }

    // A number that the sentence names already is no row of its own.
    private static bool IsTold(string line, string text) =>
        Bold().Match(line) is { Success: true } figure && text.Contains(figure.Groups[1].Value, StringComparison.Ordinal);

    /// <summary>Rows that differ by their times alone become one, with how many there were and the last time.</summary>
    private static string Folded(string text)
    {
        var lines = new List<string>();
        var same = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            if (same.Count > 0 && Timed().Match(line) is { Success: true } row && row.Groups["rest"].Value == Rest(same[0]))
            {
                same.Add(line);
                continue;
            }

            Close();
            if (Timed().IsMatch(line))
                same.Add(line);
            else
                lines.Add(line);
        }

        Close();
        return string.Join('\n', lines);

        void Close()
        {
            if (same.Count > 2)
            {
                // Newest first or oldest first, as they were.
                var (first, last) = (Time(same[0]), Time(same[^1]));
                lines.Add($"- {Quantity.Count(same.Count)} × {Rest(same[0])}: {first} … {last}");
            }
            else
            {
                lines.AddRange(same);
            }

            same.Clear();
        }
    }

    private static string Rest(string line) => Timed().Match(line).Groups["rest"].Value;

    private static string Time(string line) => Timed().Match(line).Groups["time"].Value;

    [GeneratedRegex(@"^\s*(?:[-*]|\d+\.) ", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\*\*(.+?)\*\*")]
    private static partial Regex Bold();

    [GeneratedRegex(@"^- (?<time>(?:\d{4}-\d{2}-\d{2} )?\d{2}:\d{2}(?::\d{2})? UTC(?:[+-][\d:]+)?) (?<rest>.+)$")]
    private static partial Regex Timed();
}

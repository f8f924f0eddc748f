using System.Text;

namespace Copilot.Models.Checking;

/// <summary>Writes into a sentence what of it is struck, and why.</summary>
internal static class Marking
{
    private const string Nowhere = " *(not in the data)*";
    private const string Elsewhere = " *(in the data, but not of this)*";
    private const string Otherwise = " *(the figures say otherwise)*";

    public static (string Text, int Struck) Of(string sentence, SentenceJudgement judgement)
    {
        var marks = judgement
            .Standings.Where(of => of.Value is Standing.Struck or Standing.Elsewhere or Standing.Quoted)
            .Select(of => (of.Key.At, of.Key.End, Text: Marked(of.Key, of.Value), Struck: of.Value != Standing.Quoted))
            .Concat(
                judgement.Contradicted.Select(word =>
                    (word.At, End: word.At + word.Length, Text: $"~~{sentence.Substring(word.At, word.Length)}~~{Otherwise}", Struck: true)
                )
            )
            .OrderBy(mark => mark.At)
            .ToList();
        var text = new StringBuilder();
        var (done, struck) = (0, 0);
        foreach (var mark in marks.Where(mark => mark.End > mark.At))
        {
            if (mark.At < done)
                continue;
            text.Append(sentence, done, mark.At - done).Append(mark.Text);
            done = mark.End;
            struck += mark.Struck ? 1 : 0;
        }

        return (text.Append(sentence, done, sentence.Length - done).ToString(), struck);
    }

    /// <summary>The whole sentence struck, without the marks inside it.</summary>
    public static string Whole(string text)
    {
        var plain = text.Replace("~~", string.Empty, StringComparison.Ordinal);
        foreach (var reason in (string[])[Nowhere, Elsewhere, Otherwise])
            plain = plain.Replace(reason, string.Empty, StringComparison.Ordinal);
        var inner = plain.Trim();
        return plain.Replace(inner, $"~~{inner}~~{Otherwise}", StringComparison.Ordinal);
    }

    private static string Marked(Mention mention, Standing standing) =>
        standing == Standing.Quoted
            ? $"{mention.Text} *(a value in telemetry)*"
            : $"~~{(mention.Shown ?? mention.Text).Replace("~", string.Empty, StringComparison.Ordinal)}~~"
                + (standing == Standing.Elsewhere ? Elsewhere : Nowhere);
}

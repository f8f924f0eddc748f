using System.Globalization;
using System.Text;
using Copilot.Instrument.Editing;

namespace Copilot.Instrument.Plans;

/// <summary>A file's change as git and patch read it. Computed from the edits themselves: nothing has to be compared.</summary>
public static class UnifiedDiff
{
    private const int Context = 3;

    public static string Of(FilePlan file)
    {
        var before = file.Before ?? "";
        var lines = Lines(before);
        var changes = Changes(before, lines, file.Edits);
        var text = new StringBuilder();
        var name = Scanning.ScanReport.Plain(file.File);
        text.Append(file.Before is null ? "--- /dev/null\n" : $"--- a/{name}\n").Append(CultureInfo.InvariantCulture, $"+++ b/{name}\n");
        var shift = 0;
        foreach (var hunk in Hunks(changes, lines.Count))
        {
            var (from, to) = (Math.Max(0, hunk[0].From - Context), Math.Min(lines.Count, hunk[^1].To + Context));
            var grown = hunk.Sum(change => change.New.Count - (change.To - change.From));
            text.Append(CultureInfo.InvariantCulture, $"@@ -{Range(from, to - from)} +{Range(from + shift, to - from + grown)} @@\n");
            var at = from;
            foreach (var change in hunk)
            {
                Write(text, ' ', lines[at..change.From]);
                Write(text, '-', lines[change.From..change.To]);
                Write(text, '+', change.New);
                at = change.To;
            }

            Write(text, ' ', lines[at..to]);
            shift += grown;
        }

        return text.ToString();
    }

    private static string Range(int from, int count) => count == 0 ? $"{from},0" : $"{from + 1},{count}";

    private static void Write(StringBuilder text, char sign, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            text.Append(sign).Append(line);
            if (!line.EndsWith('\n'))
                text.Append("\n\\ No newline at end of file\n");
        }
    }

    private static List<string> Lines(string text)
    {
        var (lines, at) = (new List<string>(), 0);
        while (at < text.Length)
        {
            var end = text.IndexOf('\n', at) is var found and >= 0 ? found + 1 : text.Length;
            lines.Add(text[at..end]);
            at = end;
        }

        return lines;
    }

    /// <summary>Lines that go and lines that come, in order; edits that touch the same lines are one change.</summary>
    private static List<Change> Changes(string before, List<string> lines, IReadOnlyList<TextEdit> edits)
    {
        var starts = new int[lines.Count + 1];
        for (var i = 0; i < lines.Count; i++)
            starts[i + 1] = starts[i] + lines[i].Length;
        var changes = new List<(int From, int To, List<TextEdit> Edits)>();
        foreach (var edit in edits.OrderBy(edit => edit.At))
        {
            var (from, to) = Span(edit, starts, lines, before.Length);
            if (changes.Count > 0 && (changes[^1].To > from || (changes[^1].To == from && changes[^1].From == from)))
                changes[^1] = (changes[^1].From, Math.Max(to, changes[^1].To), [.. changes[^1].Edits, edit]);
            else
                changes.Add((from, to, [edit]));
        }

        return
        [
            .. changes.Select(change =>
            {
                var start = starts[change.From];
                var old = before[start..starts[change.To]];
                var made = TextEdit.Apply(old, change.Edits.Select(edit => edit with { At = edit.At - start }));
                return new Change(change.From, change.To, Lines(made));
            }),
        ];
    }

    private static (int From, int To) Span(TextEdit edit, int[] starts, List<string> lines, int length)
    {
        var line = Array.BinarySearch(starts, edit.At);
        var isWhole = edit.Removed.Length == 0 && edit.Inserted.EndsWith('\n') && line >= 0;
        if (isWhole || (edit.Removed.Length == 0 && edit.At == length && (lines.Count == 0 || lines[^1].EndsWith('\n'))))
            return (line >= 0 ? line : lines.Count, line >= 0 ? line : lines.Count);
        var from = line >= 0 ? Math.Min(line, lines.Count - 1) : ~line - 1;
        var last = Array.BinarySearch(starts, edit.At + edit.Removed.Length);
        var to = last >= 0 ? Math.Max(last, from + 1) : ~last;
        return edit.At == length && lines.Count > 0 && !lines[^1].EndsWith('\n')
            ? (lines.Count - 1, lines.Count)
            : (from, Math.Min(to, lines.Count));
    }

    private static IEnumerable<List<Change>> Hunks(List<Change> changes, int lines)
    {
        var hunk = new List<Change>();
        foreach (var change in changes)
        {
            if (hunk.Count > 0 && change.From - hunk[^1].To > 2 * Context)
            {
                yield return hunk;
                hunk = [];
            }

            hunk.Add(change);
        }

        if (hunk.Count > 0)
            yield return hunk;
    }

    private sealed record Change(int From, int To, List<string> New);
}

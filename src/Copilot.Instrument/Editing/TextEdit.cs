namespace Copilot.Instrument.Editing;

/// <summary>A change of a text at one place: what goes and what comes.</summary>
/// <param name="At">The place in the text before any edit, in characters.</param>
public sealed record TextEdit(int At, string Removed, string Inserted)
{
    /// <summary>All edits at once; those of one place in their order.</summary>
    public static string Apply(string text, IEnumerable<TextEdit> edits)
    {
        var (result, at) = (new System.Text.StringBuilder(), 0);
        foreach (var edit in edits.OrderBy(edit => edit.At))
        {
            result.Append(text, at, edit.At - at).Append(edit.Inserted);
            at = edit.At + edit.Removed.Length;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The edits that lead back, in terms of the edited text.</summary>
    public static IReadOnlyList<TextEdit> Inverse(IEnumerable<TextEdit> edits)
    {
        var shift = 0;
        var back = new List<TextEdit>();
        foreach (var edit in edits.OrderBy(edit => edit.At))
        {
            back.Add(new TextEdit(edit.At + shift, edit.Inserted, edit.Removed));
            shift += edit.Inserted.Length - edit.Removed.Length;
        }

        return back;
    }
}

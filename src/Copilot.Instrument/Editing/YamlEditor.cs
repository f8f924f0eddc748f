using Copilot.Instrument.Reading;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Copilot.Instrument.Editing;

/// <summary>
/// Adds keys to mappings of a YAML text by inserting lines: nothing is written anew, so that comments, order, quoting, anchors and line
/// ends stay to the byte. Whatever the insertion would change beyond what was meant is found by parsing the result, and refused.
/// </summary>
public static class YamlEditor
{
    /// <summary>The edits that bring the additions; none where everything is there already.</summary>
    /// <exception cref="UneditableException">The text's shape leaves no safe place, or another value is there.</exception>
    public static IReadOnlyList<TextEdit> Add(string text, IReadOnlyList<YamlAddition> additions)
    {
        var offset = text.Length - ManifestYaml.Bare(text).Length;
        var bare = ManifestYaml.Bare(text);
        var documents = Parse(bare);
        var edits = Merged(additions).SelectMany(addition => new AdditionWriter(bare, documents, addition).Edits()).ToList();
        if (edits.Count == 0)
            return [];
        CheckPlaces(edits);
        YamlEquality.Check(documents, Parse(TextEdit.Apply(bare, edits)), additions);
        return [.. edits.Select(edit => edit with { At = edit.At + offset })];
    }

    /// <summary>Additions of one place are one: a key that is missing is written once.</summary>
    private static IEnumerable<YamlAddition> Merged(IReadOnlyList<YamlAddition> additions) =>
        additions
            .GroupBy(a => (a.Document, string.Join('\0', a.Path), a.MayBeList, a.IsList, a.IsVerbatim, a.ListBecomes))
            .Select(group => group.First() with { Entries = [.. group.SelectMany(a => a.Entries).Distinct()] });

    private static void CheckPlaces(List<TextEdit> edits)
    {
        var sorted = edits.OrderBy(edit => edit.At).ToList();
        for (var i = 1; i < sorted.Count; i++)
        {
            if (sorted[i].At < sorted[i - 1].At + sorted[i - 1].Removed.Length)
                throw new UneditableException("two changes would meet in one place");
        }
    }

    private static IReadOnlyList<YamlNode> Parse(string text)
    {
        try
        {
            return ManifestYaml.Read(text);
        }
        catch (Exception failure) when (failure is YamlException or ArgumentException)
        {
            throw new UneditableException($"its YAML does not read: {failure.Message.Split('\n')[0]}");
        }
    }
}

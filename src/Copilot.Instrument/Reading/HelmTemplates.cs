using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Copilot.Instrument.Reading;

/// <summary>
/// Templates of Helm charts are no YAML until they are rendered. For a scan, what the chart's own values say is filled in and the rest
/// left out; such a file is never edited.
/// </summary>
internal static partial class HelmTemplates
{
    public static bool Claims(ManifestTree tree, string file, string text) =>
        text.Contains("{{", StringComparison.Ordinal) && ChartOf(tree, file) is not null;

    /// <summary>The folder of the chart whose template a file is; null where it is none.</summary>
    public static string? ChartOf(ManifestTree tree, string file)
    {
        for (var folder = ManifestTree.FolderOf(file); folder.Length > 0; folder = ManifestTree.FolderOf(folder))
        {
            if (folder[(folder.LastIndexOf('/') + 1)..] != "templates")
                continue;
            var chart = ManifestTree.FolderOf(folder);
            if (tree.Has(chart.Length == 0 ? "Chart.yaml" : $"{chart}/Chart.yaml"))
                return chart;
        }

        return null;
    }

    public static string Filled(ManifestTree tree, string file, string text)
    {
        var chart = ChartOf(tree, file) ?? "";
        var values = Parsed(tree, chart, "values.yaml");
        var name = Parsed(tree, chart, "Chart.yaml").Text("name") ?? "release";
        var bare = Comment().Replace(text, match => new string('\n', match.Value.Count(c => c == '\n')));
        bare = WholeLine().Replace(bare, "");
        return Inline().Replace(bare, match => Value(match.Groups[1].Value, values, name));
    }

    private static string Value(string expression, YamlNode? values, string name)
    {
        if (ValuePath().Match(expression) is { Success: true } path)
        {
            var value = values.At(path.Groups[1].Value.Split('.')).Scalar();
            if (value is not null)
                return value;
        }

        if (Default().Match(expression) is { Success: true } fallback)
            return fallback.Groups[1].Value;
        return
            expression.Contains(".Chart.Name", StringComparison.Ordinal)
            || expression.Contains(".Release.Name", StringComparison.Ordinal)
            || expression.Contains("fullname", StringComparison.Ordinal)
            ? name
            : "unfilled";
    }

    private static YamlNode? Parsed(ManifestTree tree, string chart, string file)
    {
        try
        {
            return ManifestYaml.Read(tree.Read(chart.Length == 0 ? file : $"{chart}/{file}") ?? "") is [var first, ..] ? first : null;
        }
        catch (YamlException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\{\{-?\s*/\*.*?\*/\s*-?\}\}", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^[ \t]*(?:-[ \t]+)?\{\{[^\n]*?\}\}[ \t]*\r?$", RegexOptions.Multiline)]
    private static partial Regex WholeLine();

    [GeneratedRegex(@"\{\{-?\s*((?:(?!\}\}).)*?)\s*-?\}\}")]
    private static partial Regex Inline();

    [GeneratedRegex(@"\.Values\.([\w.]+)")]
    private static partial Regex ValuePath();

    [GeneratedRegex(@"\bdefault\s+""([^""]*)""")]
    private static partial Regex Default();
}

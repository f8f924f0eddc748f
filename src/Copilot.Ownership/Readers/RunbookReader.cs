using System.Text.RegularExpressions;
using Copilot.Ownership.Catalog;

namespace Copilot.Ownership.Readers;

/// <summary>Reads a Markdown runbook: YAML front matter where there is any, else what the headings say.</summary>
internal static partial class RunbookReader
{
    /// <exception cref="CatalogFileException">The front matter is broken.</exception>
    public static Runbook Read(CatalogFile file)
    {
        var lines = file.Content.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        var front = FrontMatter(lines, out var bodyStart);
        var (title, written) = Sections(lines[bodyStart..]);
        var sections = WithSteps(written);
        var when = sections.Where(section => section.Kind == RunbookSectionKind.When).SelectMany(section => section.Steps).ToArray();
        var symptoms = front.Texts("symptoms");
        return new Runbook
        {
            Path = file.Path,
            Title = front.Text("title") ?? title ?? Path.GetFileNameWithoutExtension(file.Path),
            Services = front.Texts("services") is { Count: > 0 } services ? services : front.Texts("service"),
            Symptoms = symptoms.Count > 0 ? symptoms : when,
            Owner = front.Text("owner") ?? front.Text("team"),
            Sections = sections,
        };
    }

    // Many are a title and a list below it, or a few words: where there are no headings, that is what is to be done.
    private static IReadOnlyList<RunbookSection> WithSteps(IReadOnlyList<RunbookSection> sections) =>
        sections is [{ Heading: "" } only] ? [only with { Kind = RunbookSectionKind.Act }] : sections;

    private static YamlDotNet.RepresentationModel.YamlNode FrontMatter(string[] lines, out int bodyStart)
    {
        bodyStart = 0;
        var empty = new YamlDotNet.RepresentationModel.YamlMappingNode();
        if (lines[0].TrimEnd() != "---")
            return empty;
        var end = Array.FindIndex(lines, 1, line => line.TrimEnd() is "---" or "...");
        if (end < 0)
            throw new CatalogFileException("the front matter that starts with --- is never closed", 1, 1);
        bodyStart = end + 1;
        try
        {
            // The first line stays as it is, so that lines count from the file's start.
            return YamlDocuments.Read(string.Join('\n', lines[..end])) is [var node, ..] ? node : empty;
        }
        catch (CatalogFileException e)
        {
            throw new CatalogFileException($"front matter: {e.Message}", e.Line, e.Column);
        }
    }

    private static (string? Title, IReadOnlyList<RunbookSection> Sections) Sections(string[] lines)
    {
        string? title = null;
        var sections = new List<RunbookSection>();
        var heading = "";
        var kind = RunbookSectionKind.Other;
        var text = new List<string>();
        var fenced = false;
        foreach (var line in lines)
        {
            if (
                line.TrimStart().StartsWith("```", StringComparison.Ordinal) || line.TrimStart().StartsWith("~~~", StringComparison.Ordinal)
            )
                fenced = !fenced;
            if (fenced || Heading().Match(line) is not { Success: true } match)
            {
                text.Add(line);
                continue;
            }

            var level = match.Groups[1].Length;
            var name = match.Groups[2].Value.Trim();
            if (level == 1 && title is null)
            {
                title = name;
                continue;
            }

            // A deeper heading that names nothing of its own belongs to the section around it.
            if (level > 2 && KindOf(name) == RunbookSectionKind.Other && heading.Length > 0)
            {
                text.Add(line);
                continue;
            }

            Close();
            heading = name;
            kind = KindOf(name);
        }

        Close();
        return (title, sections);

        void Close()
        {
            var body = string.Join('\n', text).Trim();
            text.Clear();
            if (body.Length > 0)
                sections.Add(new RunbookSection(heading, kind, body, [.. ListItems(body)]));
        }
    }

    private static IEnumerable<string> ListItems(string body)
    {
        var fenced = false;
        foreach (var line in body.Split('\n'))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
                fenced = !fenced;
            if (!fenced && ListItem().Match(line) is { Success: true } match)
                yield return match.Groups[1].Value.Trim();
        }
    }

    private static RunbookSectionKind KindOf(string heading)
    {
        if (WhenWords().IsMatch(heading))
            return RunbookSectionKind.When;
        if (ActWords().IsMatch(heading))
            return RunbookSectionKind.Act;
        if (CheckWords().IsMatch(heading))
            return RunbookSectionKind.Check;
        return TellWords().IsMatch(heading) ? RunbookSectionKind.Tell : RunbookSectionKind.Other;
    }

    [GeneratedRegex(@"^(#{1,6})\s+(.+?)\s*#*$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(.+)$")]
    private static partial Regex ListItem();

    [GeneratedRegex(@"\b(when|symptoms?|meaning|impact|triggers?|alerts?|overview|summary)\b", RegexOptions.IgnoreCase)]
    private static partial Regex WhenWords();

    [GeneratedRegex(
        @"\b(act|actions?|mitigat\w*|fix\w*|resol\w*|remed\w*|steps?|repair|recover\w*|what to do|solutions?)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex ActWords();

    [GeneratedRegex(@"\b(checks?|diagnos\w*|investigat\w*|verif\w*|debug\w*|triage|troubleshoot\w*|confirm\w*)\b", RegexOptions.IgnoreCase)]
    private static partial Regex CheckWords();

    [GeneratedRegex(@"\b(tell|communicat\w*|escalat\w*|notify|contacts?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex TellWords();
}

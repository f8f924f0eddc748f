using System.Globalization;
using Copilot.Ownership.Catalog;

namespace Copilot.Ownership.Readers;

/// <summary>GitHub's and GitLab's CODEOWNERS. Lines that make no rule are passed over with a warning, as GitHub does.</summary>
internal static class CodeOwnersReader
{
    public static CatalogContent Read(CatalogFile file)
    {
        var rules = new List<CodeOwnersRule>();
        var warnings = new List<string>();
        IReadOnlyList<string> sectionOwners = [];
        var number = 0;
        foreach (var raw in file.Content.Split('\n'))
        {
            number++;
            var line = WithoutComment(raw).Trim();
            if (line.Length == 0)
                continue;
            var place = string.Create(CultureInfo.InvariantCulture, $"{file.Path}:{number}");
            if (line[0] == '[' || line.StartsWith("^[", StringComparison.Ordinal))
            {
                sectionOwners = Owners(line[(line.LastIndexOf(']') + 1)..], place, warnings);
                continue;
            }

            if (line[0] == '!')
            {
                warnings.Add($"{place}: a pattern cannot be negated; the line is passed over");
                continue;
            }

            var end = PatternEnd(line);
            var owners = Owners(line[end..], place, warnings);
            rules.Add(
                new CodeOwnersRule(
                    line[..end].Replace("\\ ", " ", StringComparison.Ordinal),
                    owners.Count > 0 ? owners : sectionOwners,
                    place
                )
            );
        }

        return new CatalogContent
        {
            Path = file.Path,
            Kind = CatalogFileKind.CodeOwners,
            Rules = rules,
            Warnings = warnings,
        };
    }

    private static string WithoutComment(string line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '#' && (i == 0 || char.IsWhiteSpace(line[i - 1])))
                return line[..i];
        }

        return line;
    }

    private static int PatternEnd(string line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (char.IsWhiteSpace(line[i]) && (i == 0 || line[i - 1] != '\\'))
                return i;
        }

        return line.Length;
    }

    private static List<string> Owners(string text, string place, List<string> warnings)
    {
        var owners = new List<string>();
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Length > 1 && word.Contains('@', StringComparison.Ordinal))
                owners.Add(word);
            else
                warnings.Add($"{place}: '{word}' is no owner (@user, @org/team or an e-mail address); it is passed over");
        }

        return owners;
    }
}

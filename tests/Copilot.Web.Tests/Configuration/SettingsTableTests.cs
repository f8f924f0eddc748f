using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using Copilot.Web.Configuration;
using Xunit;

namespace Copilot.Web.Tests.Configuration;

/// <summary>The table against the code that reads it and the documents that name it.</summary>
public sealed partial class SettingsTableTests
{
    [Fact]
    public void Everything_that_options_are_bound_from_is_in_the_table()
    {
        // Its own setting stands among the connection strings.
        string[] elsewhere = ["Store:ConnectionString"];
        var bound = SettingsTable.Sections.SelectMany(section => Members(section.Path, section.Options?.GetType())).Except(elsewhere);
        Assert.DoesNotContain(bound, key => !SettingsTable.All.Any(setting => setting.Key == key));
    }

    [Fact]
    public void Every_setting_of_the_table_is_bound()
    {
        var bound = SettingsTable.Sections.SelectMany(section => Members(section.Path, section.Options?.GetType())).ToList();
        Assert.DoesNotContain(
            SettingsTable.All,
            setting => !bound.Contains(setting.Key) && !setting.Key.StartsWith("ConnectionStrings:", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void What_the_code_begins_with_is_allowed() =>
        Assert.All(
            SettingsTable.Sections,
            section =>
                Assert.All(
                    section.Settings,
                    setting =>
                        Assert.True(setting.Default(section) is not { } value || setting.Form.Canonical(value) is not null, setting.Name)
                )
        );

    [Fact]
    public void The_page_of_settings_is_what_the_code_says()
    {
        var page = Path.Combine(Root, "docs", "settings.md");
        Assert.True(
            File.ReadAllText(page) == SettingsDocument.Write(),
            "docs/settings.md is not what Copilot.Web --settings prints: write it anew."
        );
    }

    [Fact]
    public void Every_setting_that_a_document_or_script_names_exists()
    {
        var sections = SettingsTable.All.Select(setting => setting.Section).Distinct().ToList();
        var unknown = Directory
            .EnumerateFiles(Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "deploy"), "*", SearchOption.AllDirectories))
            .SelectMany(file =>
                Named().Matches(File.ReadAllText(file)).Select(m => (file, Key: m.Value.Replace("__", ":", StringComparison.Ordinal)))
            )
            .Where(named => sections.Contains(named.Key.Split(':')[0]))
            .Where(named => !SettingsTable.All.Any(setting => setting.Is(named.Key) || setting.Is(named.Key.Replace(":TEAM", ":x"))))
            .Select(named => $"{Path.GetRelativePath(Root, named.file)}: {named.Key}");
        Assert.Empty(unknown);
    }

    private static string Root => Material.Repository;

    private static IEnumerable<string> Members(string path, Type? options)
    {
        foreach (var member in options?.GetProperties(BindingFlags.Public | BindingFlags.Instance) ?? [])
        {
            var (key, type) = ($"{path}:{member.Name}", member.PropertyType);
            // What is computed from the others is not bound.
            if (member.SetMethod is null)
                continue;
            if (type.IsAssignableTo(typeof(IEnumerable)) && type != typeof(string))
            {
                var item = type.GetGenericArguments()[^1];
                var place = type.GetGenericArguments().Length == 2 ? $"{key}:*" : $"{key}:#";
                foreach (var inner in item.Namespace!.StartsWith("Copilot", StringComparison.Ordinal) ? Members(place, item) : [place])
                    yield return inner;
            }
            else if (type.Namespace!.StartsWith("Copilot", StringComparison.Ordinal))
            {
                foreach (var inner in Members(key, type))
                    yield return inner;
            }
            else
            {
                yield return key;
            }
        }
    }

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+(__[A-Za-z0-9]+)+\b")]
    private static partial Regex Named();
}

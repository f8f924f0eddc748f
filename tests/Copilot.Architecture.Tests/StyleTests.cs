using System.Text.RegularExpressions;
using Xunit;

namespace Copilot.Architecture.Tests;

/// <summary>What the compiler does not check.</summary>
public sealed partial class StyleTests
{
    private const int MostLines = 400;
    private const int LongestLine = 140;
    private static readonly string[] Sources = [".cs", ".razor", ".sql", ".css", ".js", ".sh"];
    private static readonly string[] VagueFolders = ["Helpers", "Common", "Utils", "Utilities", "Models", "Misc"];

    /// <summary>Where some eighty long texts are still to be broken.</summary>
    private static readonly string[] LongTexts = ["src/Copilot.Language/", "src/Copilot.Answers/Frames/", "src/Copilot.Answers/Measures/"];

    private static readonly string[] SkippingAttributes =
    [
        "tests/Shared/RequiresFactAttribute.cs",
        "tests/Shared/RequiresTheoryAttribute.cs",
        // Whether a network of its own can be made is told by trying, not by a file.
        "tests/Copilot.EndToEnd/Doors/NetworkNamespace.cs",
        // It makes what other tests read, from a database that somebody names.
        "tests/Copilot.Models.Tests/Studies/RecordingTests.cs",
    ];

    /// <summary>What a test may ask for beyond the clone, as it is written at the test.</summary>
    private static readonly string[] Needs =
    [
        "\"shared/worlds/",
        "\"shared/fixtures",
        "\"shared/cases/",
        "\"shared/eval/",
        "QueryPairs.File",
        "NodeScript.Packages",
        "NodeClient.Packages",
        "\"node\"",
        "\"npm\"",
        "\"promtool\"",
        "\"python3\"",
    ];

    [Fact]
    public void No_file_is_longer_than_four_hundred_lines()
    {
        var tooLong = All(Sources)
            .Select(f => (File: Repository.Relative(f), Lines: File.ReadLines(f).Count()))
            .Where(f => f.Lines > MostLines);
        Assert.Empty(tooLong);
    }

    /// <summary>The formatter keeps to it, but breaks no text: what is for people, patterns and SQL is broken by hand.</summary>
    [Fact]
    public void No_line_is_longer_than_140_characters()
    {
        var tooLong = Repository
            .Files("src", ".cs")
            .Where(f => !LongTexts.Any(Repository.Relative(f).StartsWith))
            .SelectMany(f => File.ReadLines(f).Index().Where(line => line.Item.Length > LongestLine).Select(line => (f, line.Index)))
            .Select(line => $"{Repository.Relative(line.f)}:{line.Index + 1}");
        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_rule_knows_a_recorded_world_by_name()
    {
        var knowing = new[] { "src", "prompts", "migrations" }
            .SelectMany(f => Repository.Files(f, [.. Sources, ".md"]))
            .Where(f => RecordedWorlds().IsMatch(File.ReadAllText(f)))
            .Select(Repository.Relative);
        Assert.Empty(knowing);
    }

    [Fact]
    public void Nothing_is_left_undone_by_its_own_word()
    {
        var undone = All([.. Sources, ".md"])
            .Where(f => !f.EndsWith("StyleTests.cs", StringComparison.Ordinal))
            .Where(f => Undone().IsMatch(File.ReadAllText(f)))
            .Select(Repository.Relative);
        Assert.Empty(undone);
    }

    /// <summary>One attribute skips, and only for want of something that exists elsewhere: a need that nobody could ever meet would switch
    /// a test off.</summary>
    [Fact]
    public void No_test_is_switched_off()
    {
        var tests = Repository
            .Files("tests", ".cs")
            .Where(f => !f.EndsWith("StyleTests.cs", StringComparison.Ordinal))
            .Select(f => (File: Repository.Relative(f), Text: File.ReadAllText(f)))
            .ToList();
        Assert.Empty(tests.Where(t => SwitchedOff().IsMatch(t.Text) && !SkippingAttributes.Contains(t.File)).Select(t => t.File));
        var needs = tests
            .SelectMany(t => Requirement().Matches(t.Text))
            .SelectMany(r => r.Groups["needs"].Value.Split(',', StringSplitOptions.TrimEntries))
            .Distinct()
            .ToList();
        Assert.NotEmpty(needs);
        Assert.DoesNotContain(needs, need => !Needs.Any(known => need.StartsWith(known, StringComparison.Ordinal)));
        var shared = Path.GetFullPath(Path.Combine(Repository.Root, ".."));
        if (Directory.Exists(Path.Combine(shared, "shared")))
            Assert.DoesNotContain(
                needs,
                need => need.StartsWith("\"shared/", StringComparison.Ordinal) && !Path.Exists(Path.Combine(shared, need.Trim('"')))
            );
    }

    [Fact]
    public void Folders_are_named_by_nouns_of_the_domain()
    {
        var vague = Repository
            .Files("src", ".cs")
            .Select(f => Repository.Relative(f).Split('/'))
            .SelectMany(p => p)
            .Distinct()
            .Intersect(VagueFolders);
        Assert.Empty(vague);
    }

    private static IEnumerable<string> All(string[] endings) =>
        new[] { "src", "tests", "migrations", "prompts", "deploy", "build" }.SelectMany(f => Repository.Files(f, endings));

    [GeneratedRegex(@"\b(harbor|nezha|ts-[a-z]+-service|train-?ticket|online-?boutique)\b", RegexOptions.IgnoreCase)]
    private static partial Regex RecordedWorlds();

    [GeneratedRegex(@"\b(NotImplementedException|TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Undone();

    [GeneratedRegex(@"\bSkip\s*=(?!=)|:\s*(Xunit\.)?(Fact|Theory)Attribute\b|//+\s*\[(Fact|Theory|Requires)")]
    private static partial Regex SwitchedOff();

    [GeneratedRegex(@"\[Requires(Fact|Theory)(\((?<needs>[^)]*)\))?")]
    private static partial Regex Requirement();
}

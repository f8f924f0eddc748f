using Copilot.Ownership.Catalog;
using Copilot.Ownership.Readers;
using Xunit;

namespace Copilot.Ownership.Tests.Catalog;

public sealed class CatalogReaderTests
{
    [RequiresFact("shared/fixtures/ownership")]
    public void Reads_what_others_keep_in_their_catalogues()
    {
        var root = Material.Get("shared/fixtures/ownership");
        var files = Directory
            .EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(path =>
                Path.GetExtension(path) is ".yaml" or ".CODEOWNERS" && !path.EndsWith("templates.yaml", StringComparison.Ordinal)
            )
            .ToArray();
        Assert.True(files.Length > 20);
        foreach (var path in files)
        {
            var content = CatalogReader.Read(new CatalogFile(path, File.ReadAllText(path)));
            Assert.True(content.Entries > 0, $"{path} gave nothing");
        }
    }

    [RequiresFact("shared/fixtures/runbooks")]
    public void Reads_what_others_keep_as_runbooks()
    {
        var files = Directory
            .EnumerateFiles(Material.Get("shared/fixtures/runbooks"), "*.md", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith("SOURCES.md", StringComparison.Ordinal))
            .ToArray();
        Assert.True(files.Length > 100);
        foreach (var path in files)
        {
            var runbook = CatalogReader.Read(new CatalogFile(path, File.ReadAllText(path))).Runbook!;
            Assert.NotEmpty(runbook.Title);
            Assert.NotEmpty(runbook.Sections);
        }
    }

    [Theory]
    [InlineData("a.yaml", "kind: Group\nmetadata:\n  name: a\n---\nkind: Group\nmetadata: {name: b, name: c}\n", 6, "duplicate")]
    [InlineData("a.yaml", "kind: Group\nmetadata:\n  name: a\n   x: y\n", 4, "YAML")]
    [InlineData("a.yaml", "metadata:\n  name: a\n", 1, "kind")]
    [InlineData("a.yaml", "kind: User\nmetadata:\n  title: x\n", 3, "metadata.name")]
    [InlineData("a.yaml", "kind: User\nmetadata:\n  name: \"-x\"\n", 3, "metadata.name")]
    [InlineData("oncall.json", "{\n \"oncalls\": [\n  {,}\n ]}", 3, "JSON")]
    [InlineData("r.md", "---\ntitle: [x\n---\n# R\n", 3, "front matter")]
    public void A_broken_file_is_refused_with_its_place(string path, string content, long line, string says)
    {
        var error = Assert.Throws<CatalogFileException>(() => CatalogReader.Read(new CatalogFile(path, content)));
        Assert.Equal(line, error.Line);
        Assert.True(error.Column >= 1);
        Assert.Contains(says, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Endless_nesting_is_refused()
    {
        var error = Assert.Throws<CatalogFileException>(() => CatalogReader.Read(new CatalogFile("a.yaml", new string('[', 200_000))));
        Assert.Contains("nested", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Codeowners_lines_are_read_as_github_and_gitlab_do()
    {
        const string text =
            "* @org/all # everyone\n/a/ @org/one @two x@y.z\n/b/*.md\n[Docs][2] @org/docs\n/docs/\n!/no @x\n/c\\ d/ @org/c nobody\n";
        var content = CatalogReader.Read(new CatalogFile("CODEOWNERS", text));
        Assert.Equal(
            ["*=@org/all", "/a/=@org/one,@two,x@y.z", "/b/*.md=", "/docs/=@org/docs", "/no=", "/c d/=@org/c"],
            content.Rules.Select(rule => $"{rule.Pattern}={string.Join(',', rule.Owners)}")
        );
        Assert.Contains("nobody", Assert.Single(content.Warnings), StringComparison.Ordinal);
        Assert.Contains(
            "negated",
            Assert.Single(CatalogReader.Read(new CatalogFile("CODEOWNERS", "!/no @x")).Warnings),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void On_call_data_of_opsgenie_and_a_rendered_schedule()
    {
        var opsgenie = CatalogReader.Read(
            new CatalogFile(
                "o.json",
                """{"data":{"_parent":{"id":"s1","name":"payments_schedule"},"onCallParticipants":[{"name":"a@x.example","type":"user"}]}}"""
            )
        );
        Assert.Equal(("payments_schedule", "a@x.example"), (opsgenie.Shifts[0].ScheduleName, opsgenie.Shifts[0].Email));
        var schedule = CatalogReader.Read(
            new CatalogFile(
                "s.json",
                """{"schedule":{"id":"P1","name":"Payments","final_schedule":{"rendered_schedule_entries":[{"start":"2026-01-01T00:00:00Z","end":"2026-01-02T00:00:00Z","user":{"summary":"Ann"}}]}}}"""
            )
        );
        Assert.True(
            schedule.Shifts[0].Covers(DateTimeOffset.Parse("2026-01-01T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture))
        );
        Assert.False(
            schedule.Shifts[0].Covers(DateTimeOffset.Parse("2026-01-02T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture))
        );
    }

    [Theory]
    [InlineData("# Loans cannot be made\nIt happens.\n\n1. Look at the deploy\n2. Roll it back\n", "Look at the deploy|Roll it back")]
    [InlineData("# Loans\n- [ ] Look\n- [x] Roll back\n", "Look|Roll back")]
    [InlineData("# Loans\n## Steps\n- Roll back\n## Before that\n- nothing\n", "Roll back")]
    public void A_runbook_without_headings_has_the_steps_of_its_list(string text, string steps)
    {
        var runbook = CatalogReader.Read(new CatalogFile("runbooks/loans.md", text)).Runbook!;
        Assert.Equal(steps.Split('|'), runbook.Section(RunbookSectionKind.Act)!.Steps);
    }

    [Fact]
    public void A_runbook_of_prose_alone_has_its_first_text()
    {
        var runbook = CatalogReader.Read(new CatalogFile("runbooks/loans.md", "# Loans\nCall the library.\n")).Runbook!;
        Assert.Equal("Call the library.", runbook.Section(RunbookSectionKind.Act)!.Text);
    }

    [Theory]
    [InlineData("kind: Component\nmetadata: { name: loans-kiosk")]
    [InlineData("kind: Component\nmetadata: { name: loans-kiosk\nspec:\n  type: service\n")]
    [InlineData("kind: Component\nmetadata: { name: loans-kiosk\nspec: { type: service }\n")]
    [InlineData("apiVersion: v1\nkind: Component\nmetadata: { name: loans-kiosk\nspec: { type: service, owner: \"group:a\" }\n")]
    [InlineData("metadata: { name: loans-kiosk }\nspec: [a, b\n")]
    [InlineData("metadata: \"loans\nspec: a\n")]
    public void A_value_that_is_never_closed_is_told_with_its_place(string text)
    {
        var broken = Assert.Throws<CatalogFileException>(() => CatalogReader.Read(new CatalogFile("catalog/loans.yaml", text)));
        Assert.InRange(broken.Line ?? 0, 1, text.Split('\n').Length + 1);
    }
}

using System.Globalization;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Owners;
using Copilot.Ownership.Readers;
using Xunit;

namespace Copilot.Ownership.Tests.Owners;

/// <summary>CODEOWNERS as GitHub and GitLab document it, for a service whose source is known.</summary>
public sealed class CodeOwnersTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-05-05T12:00:00Z", CultureInfo.InvariantCulture);

    [Theory]
    // The last rule that matches wins, whatever it is.
    [InlineData("/apps/bank/ @o/bank\n/apps/* @o/infra", "bank")]
    [InlineData("/apps/bank/ @o/bank\n/apps/*/ @o/infra", "infra")]
    [InlineData("/apps/bank/ @o/bank\n/apps/** @o/infra", "infra")]
    [InlineData("/apps/bank/ @o/bank\n/apps/ @o/infra", "infra")]
    [InlineData("/apps/bank/ @o/bank\n* @o/everyone", null)]
    [InlineData("/apps/ @o/infra\n/apps/bank @o/bank", "bank")]
    [InlineData("/apps/bank/ @o/bank\n/apps/bank/", null)]
    [InlineData("/apps/bank/ @o/bank\n/apps/bank/docs/ @o/docs", "bank")]
    [InlineData("/apps/bank @o/first\n/apps/bank/main.go @o/file\n/apps/bank @o/last", "last")]
    [InlineData("/apps/bank/ @o/bank\n*.md @o/docs", "bank")]
    [InlineData("apps/ @o/infra", "infra")]
    [InlineData("bank/ @o/bank", "bank")]
    [InlineData("**/bank @o/bank", "bank")]
    [InlineData("/**/bank/ @o/bank", "bank")]
    [InlineData("/apps/*/main.go @o/go", null)]
    [InlineData("/*/bank/ @o/bank", "bank")]
    [InlineData("/a??s/bank/ @o/bank", "bank")]
    [InlineData("/* @o/root", null)]
    // GitHub's middle slash ties a pattern to the root.
    [InlineData("bank/src/ @o/bank\n/apps/bank/ @o/infra", "infra")]
    // Comments, escapes, and what is no owner.
    [InlineData("/apps/bank/ @o/bank # the bank people, not @o/infra", "bank")]
    [InlineData("/apps/bank/ # @o/infra", null)]
    [InlineData("# /apps/bank/ @o/bank", null)]
    [InlineData("!/apps/bank/ @o/bank", null)]
    [InlineData("/apps/bank/\t@o/bank   @p/other", "bank")]
    [InlineData("/apps/bank/ @o/bank\r\n/other/ @o/other\r\n", "bank")]
    public void The_last_rule_that_matches_decides(string rules, string? team) => Assert.Equal(team, Of("apps/bank/", rules));

    [Theory]
    [InlineData("apps/my bank/", "/apps/my\\ bank/ @o/bank", "bank")]
    [InlineData("apps/#bank/", "/apps/#bank/ @o/bank", "bank")]
    [InlineData("#bank/", "\\#bank/ @o/bank", "bank")]
    [InlineData("apps/bank/catalog-info.yaml", "/apps/bank/ @o/bank\n/apps/* @o/infra", "bank")]
    [InlineData("catalog-info.yaml", "/* @o/root", "root")]
    public void Paths_may_hold_spaces_and_signs_and_a_file_stands_for_its_folder(string path, string rules, string team) =>
        Assert.Equal(team, Of(path, rules));

    [Theory]
    // Of each section the last rule that matches counts; one without owners takes its section's.
    [InlineData("[Apps]\n/apps/ @o/infra\n/apps/bank/ @o/bank\n[Docs] @o/docs\n*.md", "bank")]
    [InlineData("[Apps] @o/infra\n/apps/bank/\n", "infra")]
    [InlineData("[Two words] @o/infra\n/apps/bank/\n", "infra")]
    [InlineData("[Apps][2] @o/infra\n/apps/bank/\n", "infra")]
    [InlineData("^[Apps] @o/infra\n/apps/bank/\n", "infra")]
    [InlineData("[Apps]\n/apps/bank/ @o/bank\n[Docs]\n/docs/ @o/docs\n[APPS]\n/apps/ @o/infra", "infra")]
    [InlineData("[Apps]\n/apps/bank/ @o/bank\n[Everything]\n* @o/everyone", "bank")]
    [InlineData("[Apps]\n/apps/ @o/infra\n!/apps/bank/", null)]
    [InlineData("[Apps]\n/apps/bank/ @@maintainer @o/bank", "bank")]
    // A path that does not begin with a slash is found in any folder.
    [InlineData("[Apps]\nbank/ @o/bank", "bank")]
    public void Gitlabs_sections_are_read_one_by_one(string rules, string? team) => Assert.Equal(team, Of("apps/bank/", rules));

    [Fact]
    public void Gitlab_finds_a_relative_path_in_any_folder_and_github_at_the_root()
    {
        Assert.Equal("core", Of("x/apps/core/", "apps/core/ @o/core", ".gitlab/CODEOWNERS", name: "c"));
        Assert.Null(Of("x/apps/core/", "apps/core/ @o/core", ".github/CODEOWNERS", name: "c"));
    }

    [Fact]
    public void Rules_of_another_repository_do_not_outdo_those_beside_the_catalogue_entry()
    {
        var owners = new OwnershipSnapshot(
            [
                Read("a/catalog/CODEOWNERS", "/svc/bank/ @o/bank"),
                Read("a/catalog/c.yaml", Component("bank", "svc/bank/")),
                Read("b/catalog/CODEOWNERS", "/svc/ @p/other\n* @p/everyone"),
            ],
            []
        );
        Assert.Equal("bank", owners.OwnerOf("bank", Noon).Team);
    }

    [RequiresFact("shared/cases/ownership/codeowners-star")]
    public void A_star_at_the_end_owns_files_and_no_folders()
    {
        var owners = OfFolder("shared/cases/ownership/codeowners-star");
        Assert.Equal(
            ["harbour", "pier", null, null],
            new[] { "harbour-svc", "pier-svc", "buoy-svc", "quay-svc" }.Select(service => owners.OwnerOf(service, Noon).Team)
        );
    }

    internal static OwnershipSnapshot OfFolder(string folder)
    {
        var root = Material.Get(folder);
        return new(
            [
                .. Directory
                    .EnumerateFiles(root, "*", SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal)
                    .Select(path => Read(Path.GetRelativePath(root, path), File.ReadAllText(path))),
            ],
            []
        );
    }

    private static string? Of(string path, string rules, string file = "CODEOWNERS", string name = "svc-of-no-such-folder") =>
        new OwnershipSnapshot([Read(file, rules), Read("c.yaml", Component(name, path))], []).OwnerOf(name, Noon).Team;

    private static string Component(string name, string path) =>
        $$"""
            kind: Component
            metadata:
              name: {{name}}
              annotations: {backstage.io/source-location: "url:https://git.example/o/mono/{{(
                path.EndsWith('/') ? "tree" : "blob"
            )}}/main/{{path}}"}
            spec: {type: service, owner: nobody-there}
            """;

    private static CatalogContent Read(string path, string content) => CatalogReader.Read(new CatalogFile(path, content));
}

using Copilot.Cli.Importing;
using Xunit;

namespace Copilot.Cli.Tests.Importing;

public sealed class ImportPlanTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("copilot-plan-").FullName;

    [Fact]
    public void A_worlds_folder_gives_its_parts_and_nothing_else()
    {
        foreach (
            var name in new[]
            {
                "README.md",
                "truth.json",
                "questions.jsonl",
                "changes.jsonl",
                "catalog/CODEOWNERS",
                "catalog/teams/groups.yaml",
                "runbooks/a.md",
                "runbooks/a.png",
                "traces.otlp.jsonl.gz",
                "deep/er/logs.otlp.jsonl",
                ".git/traces.otlp.jsonl",
            }
        )
        {
            Write(name);
        }

        Assert.Equal(
            [
                "catalog/CODEOWNERS",
                "catalog/teams/groups.yaml",
                "runbooks/a.md",
                "changes.jsonl",
                "deep/er/logs.otlp.jsonl",
                "traces.otlp.jsonl.gz",
            ],
            ImportPlan.Find([_folder]).Select(file => file.Name)
        );
    }

    [Fact]
    public void A_catalogue_folder_by_itself_keeps_its_name()
    {
        Write("catalog/users.yaml");
        Assert.Equal(["catalog/users.yaml"], ImportPlan.Find([Path.Combine(_folder, "catalog")]).Select(file => file.Name));
    }

    [Theory]
    [InlineData("x.otlp.jsonl.gz", "x.otlp.jsonl.gz", ImportFileKind.Telemetry)]
    [InlineData("trace.json", "trace.json", ImportFileKind.Traces)]
    [InlineData("changes.jsonl", "changes.jsonl", ImportFileKind.Changes)]
    [InlineData("fix.md", "runbooks/fix.md", ImportFileKind.Catalogue)]
    [InlineData("teams.yml", "catalog/teams.yml", ImportFileKind.Catalogue)]
    [InlineData("CODEOWNERS", "catalog/CODEOWNERS", ImportFileKind.Catalogue)]
    internal void A_single_file_is_told_by_its_name(string name, string imported, ImportFileKind kind)
    {
        Write(name);
        var file = Assert.Single(ImportPlan.Find([Path.Combine(_folder, name)]));
        Assert.Equal((imported, kind), (file.Name, file.Kind));
    }

    [Fact]
    public void What_is_not_there_or_not_known_is_named()
    {
        Write("photo.png");
        Assert.Contains("/nowhere", Assert.Throws<ImportException>(() => ImportPlan.Find(["/nowhere"])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "photo.png",
            Assert.Throws<ImportException>(() => ImportPlan.Find([Path.Combine(_folder, "photo.png")])).Message,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "x");
    }
}

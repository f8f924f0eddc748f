using Copilot.Cli.Importing;
using Xunit;

namespace Copilot.Cli.Tests.Importing;

public sealed class ImportPlanTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("copilot-plan-").FullName;

    private string Name => Path.GetFileName(_folder);

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
                $"{Name}/catalog/CODEOWNERS",
                $"{Name}/catalog/teams/groups.yaml",
                $"{Name}/runbooks/a.md",
                "changes.jsonl",
                "deep/er/logs.otlp.jsonl",
                "traces.otlp.jsonl.gz",
            ],
            ImportPlan.Find([_folder]).Select(file => file.Name)
        );
    }

    [Fact]
    public void What_others_name_or_write_is_found_in_a_folder_and_what_is_skipped_is_said()
    {
        Write("jaeger-traces.json", """{"data":[{"traceID":"a","spans":[]}]}""");
        Write("deep/zipkin.json", """[{"traceId":"a","id":"b"}]""");
        Write("otlp.json", """{"resourceSpans":[]}""");
        Write("package.json", """{"name":"shop"}""");
        Write("oncall.json", "[]");
        Write("docs/CODEOWNERS");
        Write(".github/CODEOWNERS");
        Write("services/pay/catalog-info.yaml");
        Write("notes.txt");
        var skipped = new List<string>();
        Assert.Equal(
            [
                $"{Name}/.github/CODEOWNERS",
                $"{Name}/docs/CODEOWNERS",
                $"{Name}/oncall.json",
                $"{Name}/services/pay/catalog-info.yaml",
                "deep/zipkin.json",
                "jaeger-traces.json",
                "otlp.json",
            ],
            ImportPlan.Find([_folder], skipped).Select(file => file.Name)
        );
        Assert.Equal(["notes.txt", "package.json"], skipped.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_catalogue_folder_by_itself_keeps_its_name()
    {
        Write("catalog/users.yaml");
        Assert.Equal([$"{Name}/catalog/users.yaml"], ImportPlan.Find([Path.Combine(_folder, "catalog")]).Select(file => file.Name));
    }

    [Theory]
    [InlineData("x.otlp.jsonl.gz", "x.otlp.jsonl.gz", ImportFileKind.Telemetry)]
    [InlineData("trace.json", "trace.json", ImportFileKind.Traces)]
    [InlineData("changes.jsonl", "changes.jsonl", ImportFileKind.Changes)]
    [InlineData("fix.md", "%/runbooks/fix.md", ImportFileKind.Catalogue)]
    [InlineData("teams.yml", "%/catalog/teams.yml", ImportFileKind.Catalogue)]
    [InlineData("CODEOWNERS", "%/catalog/CODEOWNERS", ImportFileKind.Catalogue)]
    internal void A_single_file_is_told_by_its_name(string name, string imported, ImportFileKind kind)
    {
        Write(name);
        var file = Assert.Single(ImportPlan.Find([Path.Combine(_folder, name)]));
        Assert.Equal((imported.Replace("%", Name, StringComparison.Ordinal), kind), (file.Name, file.Kind));
    }

    [Fact]
    public void Two_catalogues_do_not_take_each_others_place()
    {
        Write("one/catalog/CODEOWNERS");
        Write("two/catalog/CODEOWNERS");
        Write("three/CODEOWNERS");
        Write("four/.github/CODEOWNERS");
        var names = new[]
        {
            "one",
            "two",
            "one/catalog",
            "two/catalog",
            "one/catalog/CODEOWNERS",
            "three/CODEOWNERS",
            "four/.github/CODEOWNERS",
        }.Select(path => Assert.Single(ImportPlan.Find([Path.Combine(_folder, path)])).Name);
        Assert.Equal(
            [
                "one/catalog/CODEOWNERS",
                "two/catalog/CODEOWNERS",
                "one/catalog/CODEOWNERS",
                "two/catalog/CODEOWNERS",
                "one/catalog/CODEOWNERS",
                "three/catalog/CODEOWNERS",
                "four/.github/catalog/CODEOWNERS",
            ],
            names
        );
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

    private void Write(string name, string text = "x")
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Owners;
using Copilot.Ownership.Sources;
using Copilot.Store.Ownership;
using Copilot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Copilot.Ownership.Tests.Sources;

[Trait("needs", "postgres")]
public sealed class CatalogRefreshTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-05-05T12:30:00Z", CultureInfo.InvariantCulture);

    private readonly FakeTimeProvider _time = new(Now);
    private readonly HttpClient _http = new();
    private CatalogServers _servers = null!;

    public async Task InitializeAsync()
    {
        _servers = await CatalogServers.StartAsync();
        await postgres.ScalarAsync("truncate catalog_files, catalog_sources");
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _servers.DisposeAsync();
    }

    [Fact]
    public async Task Backstage_is_read_page_by_page_and_what_goes_there_goes_here()
    {
        _servers.Entities.AddRange([Group("money", "ann"), User("ann")]);
        _servers.Entities.AddRange(Enumerable.Range(0, 1200).Select(number => Component($"service-{number}", "money")));
        var source = new BackstageSource(_http, _servers.Url, CatalogServers.BackstageToken);
        await RefreshAsync(source);
        Assert.Equal(3, _servers.Pages);
        var owners = await OwnersAsync();
        Assert.Equal("money", owners.OwnerOf("service-1199", Now).Team);
        Assert.Equal(Now, owners.OwnerOf("service-1199", Now).SourceAt);

        // Nothing changed: seen again, read no second time.
        var version = await postgres.ScalarAsync("select version from catalog_version");
        _time.Advance(TimeSpan.FromMinutes(5));
        await RefreshAsync(source);
        Assert.Equal(version, await postgres.ScalarAsync("select version from catalog_version"));
        Assert.Equal(Now.AddMinutes(5), (await OwnersAsync()).OwnerOf("service-0", Now).SourceAt);

        _servers.Entities.RemoveRange(2, 1000);
        await RefreshAsync(source);
        owners = await OwnersAsync();
        Assert.Null(owners.EntityOf("service-0"));
        Assert.Equal("money", owners.OwnerOf("service-1100", Now).Team);
    }

    [Theory]
    [InlineData("{\"items\": [\n  {]", "line 2, column 4")]
    [InlineData("{\"error\": 1}", "no list \"items\"")]
    public async Task A_source_that_breaks_keeps_what_it_brought_and_says_where(string garbage, string told)
    {
        _servers.Entities.AddRange([Group("money", "ann"), User("ann"), Component("bank", "money")]);
        var source = new BackstageSource(_http, _servers.Url, CatalogServers.BackstageToken);
        await RefreshAsync(source);
        _servers.Garbage = garbage;
        _time.Advance(TimeSpan.FromHours(1));
        var row = await RefreshAsync(source);
        Assert.Contains(told, row.Error, StringComparison.Ordinal);
        Assert.Equal((Now, Now.AddHours(1)), (row.RefreshedAt, row.TriedAt));
        Assert.Equal("money", (await OwnersAsync()).OwnerOf("bank", Now).Team);
        _servers.Garbage = null;
        Assert.Null((await RefreshAsync(source)).Error);
    }

    [Fact]
    public async Task An_entity_that_is_none_is_told_with_line_and_column()
    {
        _servers.Entities.AddRange([Group("money", "ann"), User("ann"), Component("bank", "money")]);
        var source = new BackstageSource(_http, _servers.Url, CatalogServers.BackstageToken);
        await RefreshAsync(source);
        _servers.Entities.Add(Component("not a name", "money"));
        await RefreshAsync(source);
        var broken = Assert.Single(await Intake().ListAsync(CancellationToken.None), file => file.Error is not null);
        Assert.Contains("'not a name'", broken.Error, StringComparison.Ordinal);
        Assert.True(broken is { ErrorLine: > 0, ErrorColumn: > 0 });
        Assert.Equal("money", (await OwnersAsync()).OwnerOf("bank", Now).Team);
    }

    [Fact]
    public async Task A_refused_token_says_which_setting_to_change()
    {
        Assert.Contains(
            "Catalog:BackstageToken",
            (await RefreshAsync(new BackstageSource(_http, _servers.Url, "another"))).Error,
            StringComparison.Ordinal
        );
        Assert.Contains("PagerDuty:ApiToken", (await RefreshAsync(PagerDuty("another"))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pager_duty_tells_who_is_on_call_overrides_included()
    {
        _servers.Entities.AddRange([
            Group("money", "ann", "bob", "cyd"),
            User("ann"),
            User("bob"),
            User("cyd"),
            Component("bank", "money", ("pagerduty.com/escalation-policy", "P1")),
            Component("till", "money", ("pagerduty.com/schedule-id", "S9")),
        ]);
        // More than one page, the one that counts last; from noon on Bob stands in for Ann.
        _servers.OnCalls.AddRange(Enumerable.Range(0, 130).Select(number => Call($"X{number}", "S0", "Somebody Else", 1, null, null)));
        _servers.OnCalls.Add(Call("P1", "S1", "ann", 1, "2026-05-05T00:00:00Z", "2026-05-05T12:00:00Z"));
        _servers.OnCalls.Add(Call("P1", "S1", "bob", 1, "2026-05-05T12:00:00Z", "2026-05-05T20:00:00Z"));
        _servers.OnCalls.Add(Call("P1", "S2", "cyd", 2, null, null));
        _servers.Schedules.Add(
            new JsonObject
            {
                ["id"] = "S9",
                ["name"] = "till rotation",
                ["final_schedule"] = new JsonObject
                {
                    ["rendered_schedule_entries"] = new JsonArray(
                        new JsonObject
                        {
                            ["start"] = "2026-05-05T00:00:00Z",
                            ["end"] = "2026-05-06T00:00:00Z",
                            ["user"] = new JsonObject { ["id"] = "U3", ["summary"] = "cyd" },
                        }
                    ),
                },
            }
        );
        await RefreshAsync(
            PagerDuty(CatalogServers.PagerDutyToken),
            new BackstageSource(_http, _servers.Url, CatalogServers.BackstageToken)
        );
        var owners = await OwnersAsync();
        Assert.Equal(["bob"], OnCall(owners, "bank", Now));
        Assert.Equal(["ann"], OnCall(owners, "bank", Now.AddHours(-2)));
        Assert.Equal(["cyd"], OnCall(owners, "till", Now));
        Assert.Equal("bob@x.example", owners.OwnerOf("bank", Now).People[0].Contact);
    }

    [Fact]
    public async Task Of_a_folder_what_is_ours_is_read_and_the_rest_of_a_repository_is_not()
    {
        var folder = Directory.CreateTempSubdirectory("copilot-catalog-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "node_modules"));
            await File.WriteAllTextAsync(
                Path.Combine(folder, "catalog-info.yaml"),
                "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: bank}\nspec: {owner: money}\n"
            );
            await File.WriteAllTextAsync(Path.Combine(folder, "chart.yaml"), "{{ .Values.oops }}");
            await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), "{}");
            await File.WriteAllTextAsync(Path.Combine(folder, "README.md"), "# About");
            await File.WriteAllTextAsync(Path.Combine(folder, "bank-errors.md"), "# Bank errors\n\n## What to do\n- Look\n");
            await File.WriteAllTextAsync(Path.Combine(folder, "node_modules", "x.md"), "# Not ours");
            var source = new FolderSource(folder);
            Assert.Equal(2, (await RefreshAsync(source)).Files);
            await File.WriteAllTextAsync(
                Path.Combine(folder, "catalog-info.yaml"),
                "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: [}\n"
            );
            await RefreshAsync(source);
            var broken = Assert.Single(await Intake().ListAsync(CancellationToken.None), file => file.Error is not null);
            Assert.Equal(3, broken.ErrorLine);
            Assert.NotNull((await OwnersAsync()).EntityOf("bank"));
        }
        finally
        {
            Directory.Delete(folder, true);
        }

        Assert.Contains("is not there", (await RefreshAsync(new FolderSource(folder))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folders_file_with_a_bad_name_is_told_and_costs_no_other()
    {
        var folder = Directory.CreateTempSubdirectory("copilot-catalog-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "good.md"), "# Good\n\n## What to do\n- Look\n");
            await File.WriteAllTextAsync(Path.Combine(folder, "..\\up.md"), "# Up\n\n## What to do\n- Look\n");
            await File.WriteAllTextAsync(Path.Combine(folder, "a\u202eb.md"), "# Back\n\n## What to do\n- Look\n");
            var row = await RefreshAsync(new FolderSource(folder));
            Assert.Equal((1, Now), (row.Files, row.RefreshedAt));
            Assert.StartsWith("2 files are left out.", row.Error, StringComparison.Ordinal);
            Assert.Equal($"folder {folder}/good.md", Assert.Single(await Intake().ListAsync(CancellationToken.None)).Path);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public async Task What_is_no_source_any_more_is_forgotten_and_what_was_handed_in_stays()
    {
        _servers.Entities.Add(Component("bank", "money"));
        await RefreshAsync(new BackstageSource(_http, _servers.Url, CatalogServers.BackstageToken));
        await Intake()
            .PutAsync(
                [new CatalogFile("own.yaml", "kind: Component\nmetadata: {name: till}\nspec: {owner: money}")],
                CancellationToken.None
            );
        await Intake().ForgetOtherSourcesAsync([], CancellationToken.None);
        Assert.Equal("own.yaml", Assert.Single(await Intake().ListAsync(CancellationToken.None)).Path);
    }

    private static IEnumerable<string> OnCall(OwnershipSnapshot owners, string service, DateTimeOffset at) =>
        owners.OwnerOf(service, at).People.Where(person => person.OnCall).Select(person => person.Name);

    private PagerDutySource PagerDuty(string token) => new(_http, new PagerDutyOptions { ApiToken = token, ApiUrl = _servers.Url }, _time);

    private CatalogIntake Intake() => new(postgres.Contexts, _time);

    private async Task<CatalogSourceRow> RefreshAsync(params ICatalogSource[] sources)
    {
        using var refresh = new CatalogRefresh(
            sources,
            Intake(),
            postgres.Contexts,
            new CatalogOptions(),
            _time,
            NullLogger<CatalogRefresh>.Instance
        );
        await refresh.RunAsync(CancellationToken.None);
        return (await refresh.ListAsync(CancellationToken.None)).Single(source => source.Name == sources[0].Name);
    }

    private async Task<OwnershipSnapshot> OwnersAsync()
    {
        using var ownership = new CatalogOwnership(
            postgres.Contexts,
            new DeclaredOwnerReads(postgres.Database),
            _time,
            NullLogger<CatalogOwnership>.Instance
        );
        return await ownership.CurrentAsync(CancellationToken.None);
    }

    private static JsonObject Group(string name, params string[] members) =>
        new()
        {
            ["kind"] = "Group",
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = new JsonObject { ["members"] = new JsonArray([.. members.Select(member => (JsonNode)member)]) },
        };

    private static JsonObject User(string name) =>
        new()
        {
            ["kind"] = "User",
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = new JsonObject { ["profile"] = new JsonObject { ["email"] = $"{name}@x.example" } },
        };

    private static JsonObject Component(string name, string owner, params (string Key, string Value)[] annotations)
    {
        var notes = new JsonObject();
        foreach (var (key, value) in annotations)
            notes[key] = value;
        return new JsonObject
        {
            ["kind"] = "Component",
            ["metadata"] = new JsonObject { ["name"] = name, ["annotations"] = notes },
            ["spec"] = new JsonObject { ["type"] = "service", ["owner"] = owner },
        };
    }

    private static JsonObject Call(string policy, string schedule, string user, int level, string? start, string? end) =>
        new()
        {
            ["escalation_policy"] = new JsonObject { ["id"] = policy, ["summary"] = "policy " + policy },
            ["escalation_level"] = level,
            ["schedule"] = new JsonObject { ["id"] = schedule, ["summary"] = "schedule " + schedule },
            ["user"] = new JsonObject { ["name"] = user, ["email"] = $"{user}@x.example" },
            ["start"] = start,
            ["end"] = end,
        };
}

using Copilot.Ownership.Catalog;
using Copilot.Ownership.Owners;
using Copilot.Ownership.Sources;
using Copilot.Store.Ownership;
using Copilot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Copilot.Ownership.Tests.Catalog;

[Trait("needs", "postgres")]
public sealed class CatalogIntakeTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Bank =
        "kind: Group\nmetadata: {name: money}\nspec: {members: [ann]}\n---\nkind: Component\nmetadata: {name: bank}\nspec: {owner: money}\n";

    [Fact]
    public async Task A_broken_file_keeps_its_last_good_version_and_tells_its_error()
    {
        var intake = new CatalogIntake(postgres.Contexts, TimeProvider.System);
        using var ownership = Ownership();
        var good = Assert.Single(await intake.PutAsync([new CatalogFile("c.yaml", Bank)], CancellationToken.None));
        Assert.Equal((true, "backstage", 2), (good.Accepted, good.Kind, good.Entries));

        var broken = Assert.Single(await intake.PutAsync([new CatalogFile("c.yaml", Bank + "---\nkind: [\n")], CancellationToken.None));
        Assert.Equal((false, true), (broken.Accepted, broken.KeptLastGood));
        Assert.NotNull(broken.Line);
        var row = Assert.Single(await intake.ListAsync(CancellationToken.None), file => file.Path == "c.yaml");
        Assert.NotNull(row.Error);
        Assert.Equal("money", (await ownership.CurrentAsync(CancellationToken.None)).OwnerOf("bank", DateTimeOffset.UnixEpoch).Team);

        await intake.PutAsync(
            [new CatalogFile("c.yaml", Bank.Replace("owner: money", "owner: nobody", StringComparison.Ordinal))],
            CancellationToken.None
        );
        Assert.Null((await ownership.CurrentAsync(CancellationToken.None)).OwnerOf("bank", DateTimeOffset.UnixEpoch).Team);
    }

    [Fact]
    public async Task One_bad_entity_is_left_out_and_told_and_costs_no_other()
    {
        const string Bad = "---\nkind: Component\nmetadata: {name: shop/v2}\nspec: {owner: money}\n";
        var intake = new CatalogIntake(postgres.Contexts, TimeProvider.System);
        using var ownership = Ownership();
        var taken = Assert.Single(
            await intake.PutAsync(
                [new CatalogFile("d.yaml", Bank.Replace("bank", "till", StringComparison.Ordinal) + Bad)],
                CancellationToken.None
            )
        );
        Assert.Equal((true, 2, 10L), (taken.Accepted, taken.Entries, taken.Line));
        Assert.Contains("shop/v2", Assert.Single(taken.Warnings), StringComparison.Ordinal);
        Assert.Contains(
            "shop/v2",
            Assert.Single(await intake.ListAsync(CancellationToken.None), file => file.Path == "d.yaml").Error,
            StringComparison.Ordinal
        );
        Assert.Equal("money", (await ownership.CurrentAsync(CancellationToken.None)).OwnerOf("till", DateTimeOffset.UnixEpoch).Team);

        await intake.PutAsync([new CatalogFile("d.yaml", Bank)], CancellationToken.None);
        var worse = Assert.Single(await intake.PutAsync([new CatalogFile("d.yaml", Bank + Bad)], CancellationToken.None));
        Assert.Equal((false, true), (worse.Accepted, worse.KeptLastGood));
    }

    [Fact]
    public async Task A_bad_path_is_told_and_costs_no_other_file_and_two_spellings_are_one()
    {
        var intake = new CatalogIntake(postgres.Contexts, TimeProvider.System);
        CatalogFile[] files =
        [
            new("../up.yaml", Bank),
            new("p/a.yaml", Bank),
            new("x\0.md", "# x"),
            new("./p//a.yaml", Bank),
            new("p/b.md", "# Guide\n\n## What to do\n- Look\n"),
        ];
        var told = await intake.PutAsync(files, CancellationToken.None);
        Assert.Equal([false, true, false, false, true], told.Select(outcome => outcome.Accepted));
        Assert.Equal(["../up.yaml", "p/a.yaml", "xNUL.md", "./p//a.yaml", "p/b.md"], told.Select(outcome => outcome.Path));
        Assert.Contains("comes twice ('p/a.yaml')", told[3].Error, StringComparison.Ordinal);

        Assert.True(Assert.Single(await intake.PutAsync([new CatalogFile("./p/./a.yaml", Bank)], CancellationToken.None)).Accepted);
        var kept = (await intake.ListAsync(CancellationToken.None)).Select(file => file.Path).ToArray();
        Assert.Single(kept, path => path.EndsWith("a.yaml", StringComparison.Ordinal));
        Assert.DoesNotContain(kept, path => path.Contains("..", StringComparison.Ordinal) || path.StartsWith('x'));
    }

    [Fact]
    public async Task What_a_source_brings_is_not_replaced_by_what_is_handed_in()
    {
        var intake = new CatalogIntake(postgres.Contexts, TimeProvider.System);
        Assert.Empty(await intake.ReplaceAsync("rota", [new CatalogFile("rota/guide.md", "# Guide\n")], CancellationToken.None));
        var told = Assert.Single(await intake.PutAsync([new CatalogFile("rota/guide.md", "# Mine\n")], CancellationToken.None));
        Assert.False(told.Accepted);
        Assert.Contains("read from rota on a schedule", told.Error, StringComparison.Ordinal);
        Assert.Equal(
            "# Guide\n",
            Assert.Single(await intake.ListAsync(CancellationToken.None), file => file.Path == "rota/guide.md").Content
        );
    }

    [Fact]
    public async Task Owners_that_spans_name_are_read_from_their_resources()
    {
        await postgres.ScalarAsync(
            """
            with s as (insert into services (name) values ('till') returning id)
            insert into resources (hash, service_id, attributes) select gen_random_uuid(), id, '{"service.owner": "counter", "team": "x"}' from s
            """
        );
        using var ownership = Ownership();
        var till = (await ownership.CurrentAsync(CancellationToken.None)).OwnerOf("till", DateTimeOffset.UnixEpoch);
        Assert.Equal(("counter", "span attribute service.owner"), (till.Team, till.Source));
    }

    private CatalogOwnership Ownership() =>
        new(postgres.Contexts, new DeclaredOwnerReads(postgres.Database), TimeProvider.System, NullLogger<CatalogOwnership>.Instance);
}

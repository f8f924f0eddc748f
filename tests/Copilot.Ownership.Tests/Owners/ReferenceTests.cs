using System.Globalization;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Owners;
using Copilot.Ownership.Readers;
using Xunit;

namespace Copilot.Ownership.Tests.Owners;

/// <summary>Groups, users, components and systems are their whole references: a name in two namespaces is two things.</summary>
public sealed class ReferenceTests
{
    private const string Two = """
        kind: Group
        metadata: {name: platform, annotations: {slack.com/channel: "#one"}}
        spec: {members: [ann]}
        ---
        kind: Group
        metadata: {name: platform, namespace: north, annotations: {slack.com/channel: "#two", github.com/team-slug: acme/platform-north}}
        spec: {members: [ann]}
        ---
        kind: User
        metadata: {name: ann}
        spec: {profile: {displayName: Ann Ash, email: ann@one.example}}
        ---
        kind: User
        metadata: {name: ann, namespace: north}
        spec: {profile: {displayName: Ann Ash, email: ann@two.example}}
        ---

        """;

    private const string Calls = """
        {"oncalls":[{"escalation_policy":{"id":"P","summary":"%"},"escalation_level":1,"user":{"summary":"Ann Ash"}}]}
        """;

    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-05-05T12:00:00Z", CultureInfo.InvariantCulture);

    [RequiresFact("shared/cases/ownership/two-namespaces")]
    public void Owners_of_components_in_two_namespaces()
    {
        var owners = CodeOwnersTests.OfFolder("shared/cases/ownership/two-namespaces");
        Assert.Equal(
            ["Lena North", "Lena North", "Oskar Default"],
            new[] { "tide-api", "tide-worker", "tide-site" }.Select(service => Assert.Single(owners.OwnerOf(service, Noon).People).Name)
        );
    }

    [Theory]
    [InlineData("{name: bank}", "group:north/platform", "north/platform", "ann@two.example", "#two")]
    [InlineData("{name: bank}", "north/platform", "north/platform", "ann@two.example", "#two")]
    [InlineData("{name: bank, namespace: north}", "platform", "north/platform", "ann@two.example", "#two")]
    [InlineData("{name: bank, namespace: north}", "default/platform", "platform", "ann@one.example", "#one")]
    [InlineData("{name: bank}", "Group:Default/Platform", "platform", "ann@one.example", "#one")]
    [InlineData("{name: bank}", "user:north/ann", "north/platform", "ann@two.example", "#two")]
    public void An_owner_is_the_group_or_user_of_its_whole_reference(string entry, string owner, string team, string mail, string channel)
    {
        var bank = Snapshot(Two + $"kind: Component\nmetadata: {entry}\nspec: {{owner: '{owner}'}}").OwnerOf("bank", Noon);
        Assert.Equal((team, mail, channel), (bank.Team, Assert.Single(bank.People).Contact, bank.Channel));
    }

    [Theory]
    [InlineData("platform", "one")]
    [InlineData("north platform primary", "two")]
    public void A_schedule_is_of_the_group_that_it_names(string schedule, string team)
    {
        var owners = new OwnershipSnapshot(
            [
                Read("c.yaml", Two + Component("a", "default/platform") + "\n---\n" + Component("b", "north/platform")),
                Read("on.json", Calls.Replace("%", schedule, StringComparison.Ordinal)),
            ],
            []
        );
        var called = Assert.Single(owners.OwnerOf(team == "one" ? "a" : "b", Noon).People);
        Assert.Equal(($"ann@{team}.example", true), (called.Contact, called.OnCall));
        Assert.False(Assert.Single(owners.OwnerOf(team == "one" ? "b" : "a", Noon).People).OnCall);
    }

    [Fact]
    public void Codeowners_and_telemetry_name_the_group_that_bears_the_annotation_or_the_reference()
    {
        var owners = new OwnershipSnapshot(
            [Read("c.yaml", Two), Read("CODEOWNERS", "/bank/ @acme/platform-north\n/shop/ @acme/platform\n/dock/ @north/platform")],
            [new DeclaredOwner("till", "team", "north/platform")]
        );
        Assert.Equal(
            ["north/platform", "platform", "north/platform", "north/platform"],
            new[] { "bank", "shop", "dock", "till" }.Select(service => owners.OwnerOf(service, Noon).Team)
        );
        Assert.Equal("ann@two.example", Assert.Single(owners.PeopleOf("north/platform", Noon)).Contact);
        Assert.Equal(["till"], owners.ServicesOf("north/platform", ["shop", "till"], Noon));
    }

    [Fact]
    public void A_component_is_found_by_its_name_in_another_namespace_and_told_apart_by_the_telemetrys()
    {
        var catalogue =
            Two
            + "kind: Component\nmetadata: {name: api, namespace: north}\nspec: {owner: platform}\n---\n"
            + "kind: Component\nmetadata: {name: api, namespace: south}\nspec: {owner: default/platform}\n---\n"
            + "kind: Component\nmetadata: {name: jobs, namespace: north}\nspec: {owner: platform}";
        Assert.Equal("north/platform", Snapshot(catalogue).OwnerOf("jobs", Noon).Team);
        var confused = Snapshot(catalogue).OwnerOf("api", Noon);
        Assert.Null(confused.Team);
        Assert.Contains("north/api, south/api", confused.Why, StringComparison.Ordinal);
        Assert.Equal("platform", Snapshot(catalogue).OwnerOf("south/api", Noon).Team);
        var told = new OwnershipSnapshot([Read("c.yaml", catalogue)], [new DeclaredOwner("api", "service.namespace", "south")]);
        Assert.Equal("platform", told.OwnerOf("api", Noon).Team);
    }

    [Fact]
    public void A_system_is_the_one_of_its_whole_reference()
    {
        var catalogue =
            Two
            + "kind: System\nmetadata: {name: money}\nspec: {owner: platform}\n---\n"
            + "kind: System\nmetadata: {name: money, namespace: north}\nspec: {owner: platform}\n---\n"
            + "kind: Component\nmetadata: {name: bank, namespace: north}\nspec: {system: money}";
        Assert.Equal("north/platform", Snapshot(catalogue).OwnerOf("bank", Noon).Suggested);
    }

    private static string Component(string name, string owner) => $"kind: Component\nmetadata: {{name: {name}}}\nspec: {{owner: {owner}}}";

    private static OwnershipSnapshot Snapshot(string catalogue) => new([Read("c.yaml", catalogue)], []);

    private static CatalogContent Read(string path, string content) => CatalogReader.Read(new CatalogFile(path, content));
}

using System.Globalization;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Owners;
using Copilot.Ownership.Readers;
using Xunit;

namespace Copilot.Ownership.Tests.Owners;

public sealed class OwnershipSnapshotTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-05-05T12:00:00Z", CultureInfo.InvariantCulture);

    private const string Groups = """
        kind: Group
        metadata: {name: money, annotations: {slack.com/channel: "#money"}}
        spec: {type: team, children: [ledger]}
        ---
        kind: Group
        metadata: {name: ledger}
        spec: {type: team, members: [ann]}
        ---
        kind: Group
        metadata: {name: gone}
        spec: {type: team, members: []}
        ---
        kind: User
        metadata: {name: ann}
        spec: {profile: {displayName: Ann Ash, email: ann@x.example}}
        ---
        kind: User
        metadata: {name: bob}
        spec: {profile: {displayName: Bob Birch, email: bob@x.example}, memberOf: [money]}
        """;

    [RequiresFact("shared/worlds/harbor")]
    public void Owners_of_a_recorded_world_are_those_of_its_truth()
    {
        var world = World.Open("harbor");
        var asked = 0;
        foreach (var fault in world.Truth.GetProperty("faults").EnumerateArray())
        {
            foreach (var owner in fault.GetProperty("owners").EnumerateArray())
            {
                var found = world.Owners.OwnerOf(owner.GetProperty("service").GetString()!, fault.GetProperty("to").GetDateTimeOffset());
                Assert.Equal(owner.GetProperty("team").GetString(), found.Team);
                Assert.Equal(owner.GetProperty("onCall").GetString(), Assert.Single(found.People, person => person.OnCall).Contact);
                asked++;
            }
        }

        Assert.True(asked > 20);
        Assert.Equal("checkout", world.Owners.OwnerOf("tax", Noon).Team);
        Assert.Equal("order-management", world.Owners.OwnerOf("orders", Noon).Team);
        Assert.Equal("payments", world.Owners.OwnerOf("api.paynode.example", Noon).Team);
        Assert.Equal("acquirer", world.Owners.PeerNames["api.paynode.example"]);
        foreach (var unowned in new[] { "reviews", "email-renderer", "nothing-of-that-name" })
        {
            var none = world.Owners.OwnerOf(unowned, Noon);
            Assert.Null(none.Team);
            Assert.NotNull(none.Suggested);
        }
    }

    [Fact]
    public void A_service_has_the_title_that_the_catalogue_gives_its_entry()
    {
        var owners = Snapshot(
            ("c.yaml", "kind: Component\nmetadata: {name: app-gateway, title: Mobile App Backend}\nspec: {owner: money}\n"),
            ("d.yaml", "kind: Component\nmetadata: {name: bank}\nspec: {owner: money}\n")
        );

        Assert.Equal("Mobile App Backend", owners.TitleOf("app-gateway"));
        Assert.Null(owners.TitleOf("bank"));
        Assert.Null(owners.TitleOf("nobody-knows"));
    }

    [Fact]
    public void Groups_in_groups_count_and_the_on_call_comes_first()
    {
        var owners = Snapshot(
            ("c.yaml", Groups + "\n---\nkind: Component\nmetadata: {name: bank}\nspec: {owner: money}\n"),
            (
                "oncall.json",
                """{"oncalls":[{"escalation_policy":{"id":"P","summary":"Money - Primary"},"escalation_level":2,"user":{"summary":"Bob Birch"},"start":null,"end":null},{"escalation_policy":{"id":"P","summary":"Money - Primary"},"escalation_level":1,"user":{"summary":"Ann Ash"},"start":"2026-05-05T00:00:00Z","end":"2026-05-06T00:00:00Z"}]}"""
            )
        );
        var bank = owners.OwnerOf("bank", Noon);
        Assert.Equal(("money", "#money"), (bank.Team, bank.Channel));
        Assert.Equal([("Ann Ash", true), ("Bob Birch", false)], bank.People.Select(person => (person.Name, person.OnCall)));
        // The day after, the first level is nobody's, so the second is asked.
        Assert.Equal("Bob Birch", owners.OwnerOf("bank", Noon.AddDays(1)).People[0].Name);
    }

    [Fact]
    public void A_dissolved_team_gives_way_to_codeowners_and_then_to_span_attributes()
    {
        var component = ("c.yaml", Groups + "\n---\nkind: Component\nmetadata: {name: bank}\nspec: {owner: gone}\n");
        Assert.Equal("ledger", Snapshot(component, ("CODEOWNERS", "* @o/money\n/src/bank/ @o/ledger\n")).OwnerOf("bank", Noon).Team);
        var everything = Snapshot(component, ("CODEOWNERS", "* @o/money\n")).OwnerOf("bank", Noon);
        Assert.Equal((null, "money"), (everything.Team, everything.Suggested));
        var declared = new OwnershipSnapshot(
            [CatalogReader.Read(new CatalogFile(component.Item1, component.Item2))],
            [new DeclaredOwner("bank", "service.owner", "Ledger")]
        );
        Assert.Equal(
            ("ledger", "span attribute service.owner"),
            (declared.OwnerOf("bank", Noon).Team, declared.OwnerOf("bank", Noon).Source)
        );
    }

    [Fact]
    public void A_rule_without_owners_takes_ownership_away()
    {
        var owners = Snapshot(("CODEOWNERS", "/svc/bank/ @o/ledger\n/svc/bank/\n"));
        Assert.Null(owners.OwnerOf("bank", Noon).Team);
    }

    [Fact]
    public void Two_sources_that_disagree_are_both_told()
    {
        var owners = Snapshot(
            ("c.yaml", Groups + "\n---\nkind: Component\nmetadata: {name: bank}\nspec: {owner: money}\n"),
            ("CODEOWNERS", "/bank/ @o/ledger\n")
        );
        var bank = owners.OwnerOf("bank", Noon);
        Assert.Equal("money", bank.Team);
        Assert.Contains("but CODEOWNERS (CODEOWNERS:1) says ledger", bank.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void An_annotation_shared_by_many_names_nobody()
    {
        const string text = """
            kind: Component
            metadata: {name: a, annotations: {argocd/app-name: shop}}
            ---
            kind: Component
            metadata: {name: b, annotations: {argocd/app-name: shop}}
            ---
            kind: Component
            metadata: {name: c, annotations: {opentelemetry.io/service-name: a}}
            """;
        var owners = Snapshot(("c.yaml", text));
        Assert.Null(owners.OwnerOf("shop", Noon).Entity);
        Assert.Equal("c", owners.OwnerOf("a", Noon).Entity);
        Assert.False(owners.PeerNames.ContainsKey("shop"));
    }

    [Fact]
    public void Who_is_asked_next_is_told_by_level()
    {
        const string pagerDuty = """
            {"oncalls":[{"escalation_policy":{"id":"P","summary":"Money"},"escalation_level":3,"user":{"summary":"Cy Cole"}},
              {"escalation_policy":{"id":"P","summary":"Money"},"escalation_level":1,"user":{"summary":"Ann Ash"}},
              {"escalation_policy":{"id":"P","summary":"Money"},"escalation_level":3,"user":{"summary":"Ann Ash"}},
              {"escalation_policy":{"id":"P","summary":"Money"},"escalation_level":2,"user":{"summary":"Bob Birch"}}]}
            """;
        const string schedules = """
            {"schedules":[{"id":"S2","summary":"Money - Secondary","final_schedule":{"rendered_schedule_entries":[{"user":{"summary":"Bob Birch"}}]}},
              {"id":"S1","summary":"Money - Primary","final_schedule":{"rendered_schedule_entries":[{"user":{"summary":"Ann Ash"}}]}},
              {"id":"S3","summary":"Money - Tertiary","final_schedule":{"rendered_schedule_entries":[{"user":{"summary":"Cy Cole"}}]}}]}
            """;
        const string opsgenie = """
            {"data":{"_parent":{"id":"O","name":"Money"},"onCallParticipants":[{"id":"E","name":"money_escalation","type":"escalation","onCallParticipants":[
              {"name":"Cy Cole","type":"user","escalationTime":10},{"name":"Ann Ash","type":"user","escalationTime":0},{"name":"Bob Birch","type":"user","escalationTime":5}]}]}}
            """;
        foreach (var calls in new[] { pagerDuty, schedules, opsgenie })
        {
            var owners = Snapshot(
                ("c.yaml", Groups + "\n---\nkind: Component\nmetadata: {name: bank}\nspec: {owner: money}\n"),
                ("oncall.json", calls)
            );
            Assert.Equal(
                [("Ann Ash", true, 1), ("Bob Birch", false, 2), ("Cy Cole", false, 3)],
                owners.OwnerOf("bank", Noon).People.Select(person => (person.Name, person.OnCall, person.Level ?? 0))
            );
        }
    }

    private static OwnershipSnapshot Snapshot(params (string Path, string Content)[] files) =>
        new([.. files.Select(file => CatalogReader.Read(new CatalogFile(file.Path, file.Content)))], []);
}

using Copilot.Ownership.Catalog;

namespace Copilot.Slack.Tests.Double;

/// <summary>Who owns the service <c>bank</c>, as the catalogue knows them and as Slack does.</summary>
internal static class MoneyTeam
{
    private const string People = """
        kind: Group
        metadata: {name: money}
        spec: {type: team, members: [ann, bob]}
        ---
        kind: User
        metadata: {name: ann}
        spec: {profile: {displayName: Ann Ash, email: ann@x.example}}
        ---
        kind: User
        metadata: {name: bob}
        spec: {profile: {displayName: Bob Birch, email: bob@x.example}}
        ---
        kind: Component
        metadata: {name: bank}
        spec: {owner: money}
        """;

    public static CatalogFile Catalog { get; } = new("people.yaml", People);

    public static IEnumerable<SlackUser> Users => [new("U1", "ann", "ann@x.example"), new("U2", "bob", "bob@x.example")];
}

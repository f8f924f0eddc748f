using System.Globalization;
using System.Text.Json;

namespace Copilot.EndToEnd.Shop;

/// <summary>Who owns what in the small shop, who is on call, and what its people wrote down.</summary>
internal static class ShopCatalogue
{
    public const string OnCall = "Ines Moreau";

    public static IEnumerable<object> Files(DateTimeOffset now) =>
        [
            new { path = "catalog/components.yaml", content = Components },
            new { path = "catalog/groups.yaml", content = Groups },
            new { path = "catalog/users.yaml", content = Users },
            new { path = "catalog/oncall.json", content = Rota(now) },
            new { path = "runbooks/billing-charges-fail.md", content = Runbook },
        ];

    private const string Runbook = """
        # Charges fail

        Services: billing

        ## Symptoms
        `POST /charges` answers 500.

        ## Steps
        1. Look at the last deploy of billing.
        2. Roll it back.
        3. Tell support.
        """;

    private const string Components = """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: {name: web}
        spec: {type: service, lifecycle: production, owner: group:pages}
        ---
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: {name: orders}
        spec: {type: service, lifecycle: production, owner: group:selling}
        ---
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: {name: billing}
        spec: {type: service, lifecycle: production, owner: group:money}
        """;

    private const string Groups = """
        apiVersion: backstage.io/v1alpha1
        kind: Group
        metadata: {name: pages}
        spec: {type: team, children: [], members: [marta.lindqvist]}
        ---
        apiVersion: backstage.io/v1alpha1
        kind: Group
        metadata: {name: selling}
        spec: {type: team, children: [], members: [paul.okafor]}
        ---
        apiVersion: backstage.io/v1alpha1
        kind: Group
        metadata: {name: money}
        spec: {type: team, children: [], members: [ines.moreau]}
        """;

    private const string Users = """
        apiVersion: backstage.io/v1alpha1
        kind: User
        metadata: {name: marta.lindqvist}
        spec: {profile: {displayName: Marta Lindqvist, email: marta@shop.example}, memberOf: [pages]}
        ---
        apiVersion: backstage.io/v1alpha1
        kind: User
        metadata: {name: paul.okafor}
        spec: {profile: {displayName: Paul Okafor, email: paul@shop.example}, memberOf: [selling]}
        ---
        apiVersion: backstage.io/v1alpha1
        kind: User
        metadata: {name: ines.moreau}
        spec: {profile: {displayName: Ines Moreau, email: ines@shop.example}, memberOf: [money]}
        """;

    private static string Rota(DateTimeOffset now) =>
        JsonSerializer.Serialize(
            new
            {
                oncalls = new[]
                {
                    ("pages", "Marta Lindqvist", "marta"),
                    ("selling", "Paul Okafor", "paul"),
                    ("money", OnCall, "ines"),
                }.Select(turn => new
                {
                    escalation_policy = new
                    {
                        id = $"P-{turn.Item1}",
                        type = "escalation_policy_reference",
                        summary = $"{turn.Item1} escalation",
                    },
                    escalation_level = 1,
                    schedule = new
                    {
                        id = $"S-{turn.Item1}",
                        type = "schedule_reference",
                        summary = $"{turn.Item1} primary",
                    },
                    user = new
                    {
                        id = $"U-{turn.Item1}",
                        type = "user",
                        summary = turn.Item2,
                        name = turn.Item2,
                        email = $"{turn.Item3}@shop.example",
                    },
                    start = now.AddDays(-3).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                    end = now.AddDays(4).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                }),
            }
        );
}

using Copilot.Ownership.Catalog;
using Copilot.Ownership.Owners;
using Copilot.Ownership.Readers;

namespace Copilot.Incidents.Tests.Outbox;

/// <summary>A small team: two on call, one of them without an address.</summary>
internal static class People
{
    public static OwnershipSnapshot Snapshot { get; } =
        new(
            [
                CatalogReader.Read(
                    new CatalogFile(
                        "c.yaml",
                        """
                        kind: Group
                        metadata: {name: money}
                        spec: {type: team, members: [ann]}
                        ---
                        kind: User
                        metadata: {name: ann}
                        spec: {profile: {displayName: Ann Ash, email: ann@x.example}}
                        ---
                        kind: Component
                        metadata: {name: bank}
                        spec: {owner: money}
                        """
                    )
                ),
                CatalogReader.Read(
                    new CatalogFile(
                        "calls.json",
                        """
                        {"oncalls":[{"escalation_policy":{"id":"P","summary":"money"},"escalation_level":1,"user":{"summary":"Ann Ash"}},
                                    {"escalation_policy":{"id":"P","summary":"money"},"escalation_level":1,"user":{"summary":"Bob Birch"}}]}
                        """
                    )
                ),
            ],
            []
        );
}

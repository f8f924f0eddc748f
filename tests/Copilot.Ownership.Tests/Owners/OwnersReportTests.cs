using System.Diagnostics;
using System.Globalization;
using System.Text;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Owners;
using Copilot.Ownership.Readers;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Ownership.Tests.Owners;

public sealed class OwnersReportTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-05-05T12:00:00Z", CultureInfo.InvariantCulture);

    private const string Catalog = """
        kind: Group
        metadata: {name: money}
        spec: {members: [ann, gone]}
        ---
        kind: Group
        metadata: {name: empty}
        spec: {}
        ---
        kind: User
        metadata: {name: ann}
        spec: {}
        ---
        kind: Component
        metadata: {name: bank}
        spec: {type: service, owner: money}
        ---
        kind: Component
        metadata: {name: till}
        spec: {type: service, owner: nowhere}
        ---
        kind: Component
        metadata: {name: mint}
        spec: {type: service, owner: empty}
        ---
        kind: Component
        metadata: {name: ghost}
        spec: {type: service, owner: money}
        ---
        kind: Component
        metadata: {name: toolbox}
        spec: {type: library, owner: money}
        """;

    [Fact]
    public void Who_has_no_owner_what_is_stale_and_where_sources_disagree()
    {
        var content = CatalogReader.Read(new CatalogFile("c.yaml", Catalog)) with { At = Now.AddDays(-200) };
        var report = OwnersReport.Of(
            new OwnershipSnapshot([content], [new DeclaredOwner("bank", "service.owner", "stock")]),
            ["bank", "till", "mint", "stranger"],
            Now
        );
        Assert.Equal((1, 0, 1), (report.Owned, report.OnCall, report.Disputed));
        Assert.Equal(["mint", "stranger", "till", "bank"], report.Services.Select(owner => owner.Service));
        Assert.Equal("span attribute service.owner says stock", Assert.Single(report.Services[^1].Disputes));
        Assert.Equal(["bank", "empty", "ghost", "gone", "nowhere"], report.Stale.Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Assert.Contains("2025-10-17", report.Stale.Single(entry => entry.Name == "bank").Why, StringComparison.Ordinal);
        Assert.True(report.Services[^1].People.Single(person => person.Name == "gone").Left);
    }

    [Fact]
    public void Two_thousand_services_are_reported_in_a_moment()
    {
        var text = new StringBuilder();
        for (var team = 0; team < 200; team++)
            text.Append(
                CultureInfo.InvariantCulture,
                $"kind: Group\nmetadata: {{name: team-{team}}}\nspec: {{members: [user-{team}]}}\n---\nkind: User\nmetadata: {{name: user-{team}}}\nspec: {{}}\n---\n"
            );
        for (var service = 0; service < 1800; service++)
            text.Append(
                CultureInfo.InvariantCulture,
                $"kind: Component\nmetadata: {{name: service-{service}}}\nspec: {{type: service, owner: team-{service % 200}}}\n---\n"
            );
        var calls = string.Join(
            ',',
            Enumerable
                .Range(0, 200)
                .Select(team =>
                    $$$"""{"escalation_policy":{"id":"P{{{team}}}","summary":"team-{{{team}}}"},"escalation_level":1,"user":{"summary":"user-{{{team}}}"}}"""
                )
        );
        var owners = new OwnershipSnapshot(
            [
                CatalogReader.Read(new CatalogFile("c.yaml", text.ToString())),
                CatalogReader.Read(new CatalogFile("calls.json", $"{{\"oncalls\":[{calls}]}}")),
            ],
            []
        );
        var services = Enumerable.Range(0, 2000).Select(number => $"service-{number}").ToArray();
        var clock = Stopwatch.StartNew();
        var report = OwnersReport.Of(owners, services, Now);
        output.WriteLine(FormattableString.Invariant($"2,000 services, 200 teams: {clock.Elapsed.TotalMilliseconds:0} ms"));
        Assert.Equal((1800, 1800), (report.Owned, report.OnCall));
    }
}

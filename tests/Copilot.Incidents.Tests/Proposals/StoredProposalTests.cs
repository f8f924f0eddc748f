using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Incidents.Proposals;
using Copilot.Ownership.Owners;
using Xunit;

namespace Copilot.Incidents.Tests.Proposals;

/// <summary>What was kept by builds before this one stays readable, and says the same: a digest that was shown can still be confirmed.</summary>
public sealed class StoredProposalTests
{
    private const string Digest = "7016761075fb003958ad510f8d8e6081e62aa8f78d4c74a9636431b2ffedccc1";

    private const string Diagnosis = """
        {"Window":{"FromNs":1777982400000000000,"ToNs":1777983300000000000,"From":"2026-05-05T12:00:00+00:00","To":"2026-05-05T12:15:00+00:00",
        "Length":"00:15:00","Seconds":900,"IsEmpty":false},"Baseline":null,
        "Causes":[{"Service":"bank","Operation":"POST /transfers","Score":0.9,"Confidence":0.8,"Kind":"change","Why":"3 of 9 requests fail.",
        "Evidence":[],"SeenAt":null,"SetApart":{"Key":"service.version","Value":"2.5.0","Share":0.9,"Query":null},
        "Change":{"Time":"2026-05-05T12:00:00+00:00","Service":"bank","Kind":"deploy","Version":"2.5.0","PreviousVersion":"2.4.0",
        "Summary":"new fees","Author":"ann","Flag":null,"Value":null},
        "ErrorTexts":[],"TraceIds":["0af7651916cd43dd8448eb211c80319c"],"Resource":{}}],"Suspects":[],
        "Affected":[{"Service":"shop","Score":0.5,"Requests":9,"Failed":3,"ErrorRate":0.25,"ErrorRateBefore":0.01,"P95Ms":120,
        "P95MsBefore":100,"Failing":true,"Slow":false,"FacesUsers":true}],"HasBaseline":true,"Traces":0,"TracesRead":0,"StillArriving":0,
        "IsExact":true,"OnlyTrafficGrew":false,"Busy":[],"Summary":"","Path":[],"Rejected":[],"Checks":[]}
        """;

    private const string Proposal = """
        {"Id":"p_7016761075fb003958ad510f","Digest":"7016761075fb003958ad510f8d8e6081e62aa8f78d4c74a9636431b2ffedccc1",
        "Title":"bank: trouble after a change on POST /transfers, 1 more service affected","Severity":"sev1",
        "ChannelName":"inc-20260505-1200-bank-change","From":"2026-05-05T12:00:00+00:00","To":"2026-05-05T12:15:00+00:00",
        "Causes":[{"Service":"bank","Operation":"POST /transfers","Score":0.9,"Why":"3 of 9 requests fail.","Kind":"change","Team":null,
        "Change":{"Time":"2026-05-05T12:00:00+00:00","Service":"bank","Kind":"deploy","Version":"2.5.0","PreviousVersion":"2.4.0",
        "Summary":"new fees","Author":"ann","Flag":null,"Value":null}}],
        "Affected":[{"Service":"shop","Score":0.5,"Requests":9,"ErrorRate":0.25,"ErrorRateBefore":0.01,"P95Ms":120,"P95MsBefore":100}],
        "Invitees":[],"Teams":[],"Checks":[{"Service":"shop","Measure":"error_rate","Below":0.03,
        "Query":"{ resource.service.name = \u0022shop\u0022 }","Text":"the error rate of \u0060shop\u0060 is below 3 %"}],
        "TraceIds":["0af7651916cd43dd8448eb211c80319c"],"Runbook":null,"Guide":GUIDE,"Existing":null}
        """;

    private const string Guide = """
        ## What is broken

        From 2026-05-05 12:00:00 to 12:15:00 UTC.

        - `shop`: 25 % of 9 requests failed (before: 1 %)

        ## Likely cause

        **`bank`**, `POST /transfers` (confidence 80 %): 3 of 9 requests fail.
        - 12:00:00 UTC, deploy: `new fees`, by `ann`

        ## Do first

        - [ ] Roll `bank` back from `2.5.0` to `2.4.0` (deployed 12:00:00 UTC). *(cause kind: deploy)*
        - [ ] Take the version `2.5.0` out of service (90 % of the bad requests are its). *(cause kind: one bad version)*

        ## It worked when

        - [ ] the error rate of `shop` is below 3 %: `{ resource.service.name = "shop" }`

        ## Tell

        > Since 2026-05-05 12:00:00 UTC we see failing requests in `shop`. We look at `bank` first. Next word in 30 minutes.

        Nobody owns `bank`.

        Nobody owns `shop`.

        ## Traces

        - [0af7651916cd43dd8448eb211c80319c](/trace/0af7651916cd43dd8448eb211c80319c)

        """;

    private static string Kept => Proposal.Replace("GUIDE", JsonSerializer.Serialize(Guide), StringComparison.Ordinal);

    [Fact]
    public void A_kept_preview_keeps_its_digest() =>
        Assert.Equal(Digest, ProposalDigest.Of(JsonSerializer.Deserialize<IncidentProposal>(Kept)!));

    [Fact]
    public void A_kept_preview_is_written_as_it_was() =>
        Assert.Equal(Same(Kept), Same(JsonSerializer.Serialize(JsonSerializer.Deserialize<IncidentProposal>(Kept))));

    [Fact]
    public void A_kept_diagnosis_is_written_as_it_was_and_proposes_the_same()
    {
        var diagnosis = JsonSerializer.Deserialize<WindowDiagnosis>(Diagnosis)!;
        Assert.Equal(Same(Diagnosis), Same(JsonSerializer.Serialize(diagnosis)));
        Assert.Equal(Digest, ProposalMaker.Make(diagnosis, OwnershipSnapshot.Empty, []).Digest);
    }

    [Fact]
    public void A_row_keeps_the_steps_of_the_guide_and_what_was_kept_without_them_is_read()
    {
        var old = ProposalBody.Read(Kept);
        Assert.Equal(Guide.ReplaceLineEndings("\n"), old.Guide.Markdown);
        Assert.Equal([0, 1, 2], old.Guide.Steps.Select(step => step.Number));

        var row = ProposalBody.Write(old);
        Assert.Equal("Do first", (string?)JsonNode.Parse(row)!["Guide"]![2]!["Heading"]);
        var read = ProposalBody.Read(row);
        Assert.Equal((Digest, old.Guide.Markdown), (ProposalDigest.Of(read), read.Guide.Markdown));
        Assert.Equal(old.Guide.Steps, read.Guide.Steps);
    }

    /// <summary>What a record learned since is no part of what was shown: it neither changes a digest nor comes out under another name.</summary>
    [Fact]
    public void Where_a_change_was_told_and_how_a_service_was_judged_are_no_part_of_a_preview()
    {
        var diagnosis = JsonSerializer.Deserialize<WindowDiagnosis>(Diagnosis)!;
        var cause = diagnosis.Causes[0];
        var told = cause with { Change = cause.Change! with { Url = "https://deploys.example/7", Source = "import" } };
        var proposal = ProposalMaker.Make(diagnosis with { Causes = [told] }, OwnershipSnapshot.Empty, []);

        Assert.Equal(Digest, proposal.Digest);
        var sent = JsonSerializer.SerializeToNode(proposal, JsonSerializerOptions.Web)!;
        Assert.Equal(
            ["time", "service", "kind", "version", "previousVersion", "summary", "author", "flag", "value"],
            sent["causes"]![0]!["change"]!.AsObject().Select(member => member.Key)
        );
        Assert.Equal(
            ["service", "score", "requests", "errorRate", "errorRateBefore", "p95Ms", "p95MsBefore"],
            sent["affected"]![0]!.AsObject().Select(member => member.Key)
        );
    }

    /// <summary>Members and their order, whatever the escapes and line ends.</summary>
    private static string Same(string json) => JsonNode.Parse(json)!.ToJsonString();
}

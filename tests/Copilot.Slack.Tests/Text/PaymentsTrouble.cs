using Copilot.Answers.Contract;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Incidents.Guide;
using Copilot.Incidents.Proposals;
using Copilot.Language.Questions;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Records;

namespace Copilot.Slack.Tests.Text;

/// <summary>A bad deploy as an answer tells it.</summary>
internal static class PaymentsTrouble
{
    public static readonly DateTimeOffset Onset = new(2026, 11, 29, 0, 23, 6, TimeSpan.Zero);

    public static readonly DateTimeOffset Now = Onset.AddSeconds(54);

    public static IncidentProposal Proposal { get; } =
        new()
        {
            Id = "p_1",
            Digest = "d",
            Title = "payments: errors on POST /charges, 1 more service affected",
            Severity = IncidentSeverity.Sev2,
            ChannelName = "inc-20261129-0023-payments-errors",
            From = Onset,
            To = Now,
            Causes =
            [
                new ProposedCause(
                    "payments",
                    "POST /charges",
                    0.9,
                    "11 of the 80 requests to payments fail where 0 of 237 did (RoundingError). "
                        + "Only where shop.country = SE: all 11. It began with a change at 00:23:06 UTC (deploy: payments 2.5.0: rounding)."
                )
                {
                    Kind = CauseKind.Errors,
                    Team = "money",
                    Change = new Change
                    {
                        Time = Onset,
                        Service = "payments",
                        Kind = "deploy",
                        Version = "2.5.0",
                        PreviousVersion = "2.4.0",
                        Summary = "payments 2.5.0: rounding",
                    },
                },
            ],
            Affected = [Impact("payments", 0.12), Impact("checkout", 0.04)],
            Checks = [Check("payments"), Check("checkout")],
            Invitees =
            [
                new Invitee("Ines Moreau", "ines@x.example", "money", "on call for payments, the likely cause", "oncall.json"),
                new Invitee("Yuki Tanabe", "yuki@x.example", "mobile", "on call for checkout, affected", "oncall.json"),
            ],
            TraceIds = ["808aa9a8f2b04f2d9c53a1f5a55ff871"],
            Guide = GuideDocument.Of([
                new GuideSection
                {
                    Heading = GuideSection.First,
                    Steps =
                    [
                        new GuideStep(
                            "Roll `payments` back from `2.5.0` to `2.4.0` (deployed 00:23:06 UTC).",
                            "kubectl rollout undo deployment/payments",
                            "cause kind: deploy"
                        ),
                    ],
                },
                new GuideSection
                {
                    Heading = GuideSection.Recovery,
                    Steps = [new GuideStep("the error rate of `payments` is below 0.5 %", null, null)],
                },
            ]),
        };

    public static Answer Answer { get; } =
        new()
        {
            ConversationId = "c_1",
            Turn = 1,
            Outcome = Outcome.Answered,
            Text =
                "**It is still going on**, since 00:23:06 UTC.\n\nLikely cause: **`payments`**.\n\nAffected:\n\n- `payments`: error rate 12 %",
            Understood = new Understood
            {
                Intent = "overview",
                Window = new Period(Now.AddMinutes(-15), Now),
                Filter = "{ resource.service.name = \"payments\" }",
            },
            Result = new ServicesResult([
                new ServiceItem("payments", "cause", 0.9, "money"),
                new ServiceItem("checkout", "affected", 0.4, null),
            ]),
            Coverage = new Coverage(true, null, ""),
            Proposal = Proposal,
            Trouble = new TroubleOutline(Onset, null, true, ""),
            Suggestions = ["show me the failed traces of payments", "who is on call for payments"],
        };

    private static ServiceImpact Impact(string service, double rate) =>
        new()
        {
            Service = service,
            Failing = true,
            Requests = 100,
            ErrorRate = rate,
        };

    private static RecoveryCheck Check(string service) => new(service, RecoveryMeasure.ErrorRate, 0.005, "{ }");
}

using System.Runtime.CompilerServices;
using Copilot.Answers.Contract;
using Copilot.Incidents.Proposals;

namespace Copilot.Slack.Tests.Inbound;

/// <summary>Answers everything with the same answer and keeps what it was asked.</summary>
internal sealed class FakeCopilot : ICopilot
{
    public List<AskRequest> Asked { get; } = [];

    public IncidentProposal? Proposal { get; set; }

    public string Text { get; set; } = "**bank** fails: 20 % of its requests.";

    public Task<Answer> AskAsync(AskRequest request, CancellationToken cancellationToken)
    {
        lock (Asked)
            Asked.Add(request);
        return Task.FromResult(
            new Answer
            {
                ConversationId = "c_1",
                Outcome = Outcome.Answered,
                Text = Text,
                Understood = new Understood { Intent = "root_cause", Ignored = ["please"] },
                Result = new ServicesResult([new ServiceItem("bank", "cause", 0.9, "money")]),
                Coverage = new Coverage(true, null, ""),
                Proposal = Proposal,
            }
        );
    }

    public async IAsyncEnumerable<AnswerPart> AskInPartsAsync(
        AskRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        yield return new AnswerPart { Complete = await AskAsync(request, cancellationToken) };
    }
}

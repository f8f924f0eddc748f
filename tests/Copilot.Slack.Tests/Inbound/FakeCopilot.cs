using System.Runtime.CompilerServices;
using Copilot.Answers.Contract;
using Copilot.Answers.Conversations;
using Copilot.Incidents.Proposals;

namespace Copilot.Slack.Tests.Inbound;

/// <summary>Answers everything with the same answer and keeps what it was asked.</summary>
internal sealed class FakeCopilot : ICopilot
{
    /// <summary>Keeps answers as the app does, where a test needs them again.</summary>
    public ConversationStore? Kept { get; set; }

    /// <summary>What is told of the answer that is made from the properties below.</summary>
    public Func<AskRequest, Answer, Answer> Changed { get; set; } = (_, answer) => answer;

    /// <summary>Awaited before each answer.</summary>
    public Task Ready { get; set; } = Task.CompletedTask;

    public List<AskRequest> Asked { get; } = [];

    public IncidentProposal? Proposal { get; set; }

    public string Text { get; set; } = "**bank** fails: 20 % of its requests.";

    public async Task<Answer> AskAsync(AskRequest request, CancellationToken cancellationToken)
    {
        lock (Asked)
            Asked.Add(request);
        await Ready.WaitAsync(cancellationToken);
        var answer = Changed(
            request,
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
        return Kept is null
            ? answer
            : answer with
            {
                Turn = await Kept.AddAsync(request, DateTimeOffset.UtcNow, null, answer, TimeSpan.Zero, cancellationToken),
            };
    }

    public async IAsyncEnumerable<AnswerPart> AskInPartsAsync(
        AskRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        yield return new AnswerPart { Complete = await AskAsync(request, cancellationToken) };
    }
}

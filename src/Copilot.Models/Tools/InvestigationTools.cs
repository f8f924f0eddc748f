using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Copilot.Models.Tools;

/// <summary>
/// The tools of one question. Each is a typed plan that the same code carries out as for the built-in interpreter, so a number is the
/// same whoever asked for it. All of them read; the preview of an incident creates nothing.
/// </summary>
internal sealed class InvestigationTools(
    PlanAnswering answering,
    ToolSources sources,
    KnownNames catalogue,
    DateTimeOffset asOf,
    string zone,
    string conversationId,
    Action<AnswerPart>? progress
)
{
    private readonly List<Answer> _answers = [];

    /// <summary>What the calls so far came to, in order.</summary>
    public IReadOnlyList<Answer> Answers => _answers;

    public IReadOnlyList<KernelPlugin> Plugins()
    {
        var arguments = new ToolArguments(catalogue, asOf, zone);
        return
        [
            Plugin(new QueryTool(arguments, AnswerAsync), "query"),
            Plugin(new TroubleTools(arguments, AnswerAsync), "troubles"),
            Plugin(new LookTools(sources, arguments, AnswerAsync), "looks"),
            Plugin(new RecordTools(sources, arguments, AnswerAsync, Keep), "records"),
        ];
    }

    // Numbers written as text are taken, as everywhere in this app's JSON.
    private static KernelPlugin Plugin(object tools, string name) =>
        KernelPluginFactory.CreateFromObject(tools, AIJsonUtilities.DefaultOptions, name);

    // What is no plan's answer: it measured nothing.
    private void Keep(string text) =>
        _answers.Add(
            new Answer
            {
                ConversationId = conversationId,
                Outcome = Outcome.Answered,
                Text = text,
                Understood = new Understood { Intent = "runbooks" },
                Result = new NoResult(),
                Coverage = new Coverage(true, null, "runbooks as they were handed in"),
            }
        );

    private async Task<Answer> AnswerAsync(QuestionPlan plan, CancellationToken cancellationToken)
    {
        var answer = await answering.AnswerAsync(plan, conversationId, progress, cancellationToken);
        _answers.Add(answer);
        return answer;
    }
}

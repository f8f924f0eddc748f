using Copilot.Agent.Questions;

namespace Copilot.Agent.Answering;

/// <summary>Answers questions of some kinds: reads what they need and says what was found.</summary>
internal interface IAnswerer
{
    IReadOnlyList<QuestionKind> Kinds { get; }

    Task<Finding> AnswerAsync(Inquiry inquiry, CancellationToken cancellation);
}

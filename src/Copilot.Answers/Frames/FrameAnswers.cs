using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Store.Commands;

namespace Copilot.Answers.Frames;

/// <summary>Hands a frame to the engine of its population.</summary>
internal sealed class FrameAnswers(IEnumerable<IFrameEngine> all) : IAnswerer
{
    private readonly List<IFrameEngine> _engines = [.. all];

    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Query];

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        if (inquiry.Plan.Frame is not { } frame)
            return new AnswerDraft
            {
                Outcome = Outcome.Clarify,
                Text = "What should be counted or measured?",
                Result = new ChoicesResult([]),
            };
        if (_engines.FirstOrDefault(engine => engine.Handles(frame)) is not { } engine)
            return Cannot("I cannot answer this kind of question.");
        try
        {
            return await engine.AnswerAsync(inquiry, frame, cancellationToken);
        }
        catch (UnsupportedExpressionException refused)
        {
            return Cannot($"This cannot be answered here: {AnswerWords.Name(refused.Message)}");
        }
    }

    private static AnswerDraft Cannot(string text) => new() { Outcome = Outcome.Unsupported, Text = text };
}

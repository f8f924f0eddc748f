using Copilot.Answers.Drafts;
using Copilot.Language.Frames;

namespace Copilot.Answers.Frames;

/// <summary>Carries out frames of some kinds: reads what they need and says what was found.</summary>
internal interface IFrameEngine
{
    bool Handles(QueryFrame frame);

    Task<AnswerDraft> AnswerAsync(Inquiry inquiry, QueryFrame frame, CancellationToken cancellationToken);
}

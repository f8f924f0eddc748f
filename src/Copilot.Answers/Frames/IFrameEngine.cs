using Copilot.Answers.Drafts;
using Copilot.Language.Frames;

namespace Copilot.Answers.Frames;

/// <summary>Runs frames over some populations.</summary>
internal interface IFrameEngine
{
    bool Handles(QueryFrame frame);

    /// <summary>Reads what the frame asks for. The first text of each read on the inquiry is the frame as a query.</summary>
    /// <param name="inquiry">With services, operations, conditions and windows.</param>
    /// <param name="frame">The inquiry's own.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    Task<AnswerDraft> AnswerAsync(Inquiry inquiry, QueryFrame frame, CancellationToken cancellationToken);
}

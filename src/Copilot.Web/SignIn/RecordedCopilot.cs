using Copilot.Access.Audit;
using Copilot.Answers.Contract;

namespace Copilot.Web.SignIn;

/// <summary>Writes to the audit log who asks what, whatever surface it comes from.</summary>
internal sealed class RecordedCopilot(ICopilot inner, AuditLog audit) : ICopilot
{
    public Task<Answer> AskAsync(AskRequest request, CancellationToken cancellationToken)
    {
        audit.Note(Asked(request));
        return inner.AskAsync(request, cancellationToken);
    }

    public IAsyncEnumerable<AnswerPart> AskInPartsAsync(AskRequest request, CancellationToken cancellationToken)
    {
        audit.Note(Asked(request));
        return inner.AskInPartsAsync(request, cancellationToken);
    }

    private static AuditEvent Asked(AskRequest request) => Recording.By(request.Asker, "question.ask", request.Question);
}

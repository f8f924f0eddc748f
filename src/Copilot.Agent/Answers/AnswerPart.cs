namespace Copilot.Agent.Answers;

/// <summary>One step of an answer that is coming about; exactly one member is set.</summary>
public sealed record AnswerPart
{
    public Understood? Understood { get; init; }

    public AnswerQuery? Query { get; init; }

    public AnswerResult? Result { get; init; }

    /// <summary>What is being done now, in a few words.</summary>
    public string? Progress { get; init; }

    /// <summary>Text of the answer to append to what came before.</summary>
    public string? TextDelta { get; init; }

    /// <summary>The whole, checked answer; replaces everything shown before.</summary>
    public Answer? Complete { get; init; }
}

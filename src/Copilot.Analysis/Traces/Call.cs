namespace Copilot.Analysis.Traces;

/// <summary>One call from a request to another service or to a peer.</summary>
public readonly record struct Call
{
    /// <summary>The calling span's index in the sample.</summary>
    public required int Span { get; init; }

    /// <summary>The name of the called service or peer, or -1 where nothing tells.</summary>
    public required int Callee { get; init; }

    /// <summary>The called request, an index into <see cref="RequestSet.Requests"/>, or -1: the callee sent nothing.</summary>
    public required int Request { get; init; }

    public required double DurationMs { get; init; }

    /// <summary>Time between the two: the call's duration without the callee's. For a message, how long it waited.</summary>
    public required double GapMs { get; init; }

    public required bool Failed { get; init; }

    /// <summary>A message whose receiver works after the sender went on.</summary>
    public required bool IsMessage { get; init; }

    public required bool IsDatabase { get; init; }

    /// <summary>The callee worked on longer than the call lasted: nobody waited for its answer.</summary>
    public bool IsGivenUp { get; init; }

    /// <summary>The same was asked of the same callee before, and that came to nothing.</summary>
    public bool IsFurtherTry { get; init; }
}

namespace Copilot.Analysis.Traces;

/// <summary>A stretch of a critical path that one span spent itself.</summary>
/// <param name="Span">The span's index among those given.</param>
public readonly record struct CriticalStep(int Span, long FromNs, long ToNs)
{
    public double SelfMs => (ToNs - FromNs) / 1e6;
}

namespace Copilot.TraceQL.Metrics;

/// <summary><c>topk(n)</c> or <c>bottomk(n)</c>: at each step the n largest or smallest series.</summary>
public sealed record RankStage(bool Largest, int Count) : MetricsStage;

namespace Copilot.TraceQL.Scalars;

/// <summary>How the values of a spanset's spans become one number.</summary>
public enum AggregateKind
{
    Count,
    Min,
    Max,
    Avg,
    Sum,
}

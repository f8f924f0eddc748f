using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Reads.Logs;

/// <summary>One number of a set of log records.</summary>
/// <param name="Kind">A count, a share, or what one field comes to; records have no durations, rates or failures of their own.</param>
public sealed record LogMeasure(MeasureKind Kind)
{
    /// <summary>Of percentiles, in percent; the nearest rank.</summary>
    public double? Percent { get; init; }

    /// <summary>The numeric field that is measured, or the field whose values are counted.</summary>
    public FieldExpression? Of { get; init; }

    /// <summary>Of counts and shares: only the records for which it holds.</summary>
    public FieldExpression? Part { get; init; }
}

/// <summary>What rows stand for.</summary>
/// <param name="Field">Null with <see cref="LogGroupKind.Service"/> and <see cref="LogGroupKind.Operation"/>. <c>.severity</c> is told by
/// its name, <c>.body</c> with numbers and ids put aside.</param>
public sealed record LogGroup(LogGroupKind Kind, FieldExpression? Field = null);

public enum LogGroupKind
{
    Service,

    /// <summary>The name of the span that the record was written in.</summary>
    Operation,
    Field,
}

/// <param name="Values">Of the groups, in their order; null where the records have none.</param>
/// <param name="Time">The start of the step; null where no steps were asked for.</param>
/// <param name="Count">How many records.</param>
/// <param name="Measures">In their order; null where no record has the field.</param>
public sealed record LogTableRow(IReadOnlyList<string?> Values, DateTimeOffset? Time, long Count, IReadOnlyList<double?> Measures);

using Copilot.Answers.Contract;
using Copilot.Language.Frames;
using Copilot.Telemetry.Records;

namespace Copilot.Answers.Frames;

/// <summary>What was measured of one group, in one step.</summary>
/// <param name="Labels">The group's values; null where the records have none.</param>
/// <param name="Time">The start of the step; null without steps.</param>
/// <param name="Count">How many records or points it rests on.</param>
/// <param name="Values">The measures; null where there is nothing to measure.</param>
internal sealed record RecordRow(IReadOnlyList<string?> Labels, DateTimeOffset? Time, long Count, IReadOnlyList<double?> Values);

/// <summary>Where the rows of a frame over records come from.</summary>
internal sealed record RecordSource
{
    /// <summary>What is counted: "1 log record", "4 log records".</summary>
    public required Func<long, string> Counted { get; init; }

    public required RecordQuery Query { get; init; }

    /// <summary>The columns of the measures.</summary>
    public required IReadOnlyList<TableColumn> Measures { get; init; }

    /// <summary>Whether nothing means zero, for each measure: of counts and rates it does.</summary>
    public required IReadOnlyList<bool> ZeroWhereNone { get; init; }

    /// <summary>Reads the rows of a window; with steps, those that hold something.</summary>
    public required Func<RecordQuery, TimeWindow, TimeSpan?, Task<IReadOnlyList<RecordRow>>> Read { get; init; }

    /// <summary>How the numbers came about, where that is not plain; a sentence.</summary>
    public Func<string> Remark { get; init; } = () => string.Empty;

    /// <summary>The columns of the groups.</summary>
    public IReadOnlyList<TableColumn> Labels =>
        [
            .. Query
                .Frame.By.SelectMany(group => group.Kind == FrameGroupKind.Operation ? ["service", "operation"] : new[] { group.Column })
                .Select(name => new TableColumn(name)),
        ];
}

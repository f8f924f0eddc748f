using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Copilot.Store.Reads.Errors;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Contract;

/// <summary>Several measures at once, a measure by attributes, or attributes beside requests.</summary>
/// <param name="Columns">An attribute's column bears its name, a measure's the scalar's name, else <c>service</c>, <c>operation</c>,
/// <c>time</c>.</param>
/// <param name="Rows">Values in the columns' order: texts, numbers, or null where there is none.</param>
/// <param name="Total">How many rows there are in all.</param>
public sealed record TableResult(
    IReadOnlyList<TableColumn> Columns,
    [property: JsonConverter(typeof(TableRows))] IReadOnlyList<IReadOnlyList<object?>> Rows,
    long Total
) : AnswerResult
{
    public override T Match<T>(ResultCases<T> cases) => cases.Table(this);

    /// <summary>The only row has this number under this name.</summary>
    internal bool Repeats(ScalarResult scalar) =>
        Rows.Count == 1
        && Columns
            .Zip(Rows[0])
            .Any(pair =>
                pair.First.Name == scalar.Name
                && TableColumn.Number(pair.Second) is { } value
                && Math.Abs(value - scalar.Value) <= 1e-9 * Math.Abs(value)
            );
}

/// <param name="Unit">Of measures, as of scalars; null for texts.</param>
public sealed record TableColumn(string Name, string? Unit = null)
{
    /// <summary>What a cell of the column says to a person, and "–" where there is nothing.</summary>
    public string Text(object? cell) =>
        Plain(cell) switch
        {
            null => "–",
            long or double when Unit is { } unit => Quantity.Text(Number(cell)!.Value, unit),
            string text => text,
            var number => Convert.ToString(number, CultureInfo.InvariantCulture)!,
        };

    /// <summary>A cell's number; null for a text, and where there is none.</summary>
    public static double? Number(object? cell) =>
        Plain(cell) switch
        {
            long whole => whole,
            double fraction => fraction,
            _ => null,
        };

    /// <summary>The cell as a <see cref="string"/>, a <see cref="long"/>, a finite <see cref="double"/> or null, as JSON has it.</summary>
    public static object? Plain(object? cell) =>
        cell switch
        {
            null or string or long => cell,
            double fraction => double.IsFinite(fraction) ? fraction : null,
            float fraction => float.IsFinite(fraction) ? (double)fraction : null,
            decimal fraction => (double)fraction,
            int or short or byte or sbyte or ushort or uint => Convert.ToInt64(cell, CultureInfo.InvariantCulture),
            bool yes => yes ? "true" : "false",
            DateTimeOffset time => JsonSerializer.SerializeToElement(time).GetString(),
            _ => Convert.ToString(cell, CultureInfo.InvariantCulture),
        };
}

/// <summary>When something began, how long it lasted, whether it is over.</summary>
/// <param name="To">Null while it lasts.</param>
/// <param name="Name">The measure that shows it, as scalars are named; its unit goes for <c>before</c> and <c>peak</c>.</param>
public sealed record PeriodResult(
    DateTimeOffset From,
    DateTimeOffset? To,
    bool Ongoing,
    string? Service,
    string? Operation,
    string Name,
    string Unit,
    double? Before,
    double? Peak,
    DateTimeOffset? PeakAt
) : AnswerResult
{
    public override T Match<T>(ResultCases<T> cases) => cases.Period(this);
}

/// <summary>Exceptions and error messages, equal ones as one group, most frequent first. All text comes from telemetry.</summary>
public sealed record ErrorsResult(IReadOnlyList<ErrorGroup> Items) : AnswerResult
{
    public override T Match<T>(ResultCases<T> cases) => cases.Errors(this);
}

/// <param name="Message">As one of them wrote it; numbers and ids in it are put aside when they are grouped.</param>
/// <param name="TraceIds">A few that hold it, newest first.</param>
/// <param name="StackTrace">Of one of them.</param>
public sealed record ErrorGroup(
    string Service,
    string? Type,
    string? Message,
    long Count,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    IReadOnlyList<string> TraceIds,
    string? StackTrace
)
{
    public static ErrorGroup Of(ErrorOccurrences group) =>
        new(
            group.Service,
            group.Type,
            group.Message,
            group.Count,
            group.FirstSeen,
            group.LastSeen,
            [.. group.Traces.Select(trace => trace.ToString())],
            group.StackTrace
        );
}

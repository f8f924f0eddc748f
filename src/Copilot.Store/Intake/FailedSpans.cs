using System.Globalization;

namespace Copilot.Store.Intake;

/// <summary>
/// What counts as failed: status ERROR, and an entry span whose response says that the server failed (HTTP 500 and above, a server's gRPC
/// error), whatever its status says. The intake marks the latter; spans that were stored before it did have their status alone.
/// </summary>
internal static class FailedSpans
{
    /// <summary>Set in <c>flags</c> of an entry span that failed by its response, not by its status.</summary>
    public const int ByResponse = 1 << 29;

    /// <summary>In rollups such a span is counted under its status and this much more, so that both can be told.</summary>
    public const short RollupStatus = 3;

    /// <summary>The condition that a span failed.</summary>
    /// <param name="span">The alias of its row.</param>
    public static string Condition(string span) =>
        string.Create(CultureInfo.InvariantCulture, $"({span}.status = 2 or {span}.flags & {ByResponse} <> 0)");

    /// <summary>The condition that the requests of a rollup's row failed.</summary>
    public static string RollupCondition(string row) => $"{row}.status >= 2";

    /// <summary>The status that a rollup's row was sent with.</summary>
    public static string SentStatus(string row) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"(case when {row}.status >= {RollupStatus} then {row}.status - {RollupStatus} else {row}.status end)::smallint"
        );
}

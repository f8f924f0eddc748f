namespace Copilot.Store.Rollups;

/// <summary>The rollups' rows about requests, minute by minute.</summary>
internal static class RequestMinutes
{
    /// <summary>What the intake appended and what was folded since, of the minutes that start from $1 until before $2; a query for a <c>from</c>.</summary>
    public const string Rows = """
        (select * from span_rollup_deltas where entry and minute_ns >= $1 and minute_ns < $2
        union all select * from span_rollup_minutes where entry and minute_ns >= $1 and minute_ns < $2)
        """;
}

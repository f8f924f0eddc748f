namespace Copilot.Store.Intake;

/// <summary>Notes for those who follow the intake: which minutes got something new.</summary>
internal static class PendingMinutes
{
    public const string Table = "pending_minutes";
    public const string Columns = "pass, minute_ns";
    public const short Edges = 1;
    public const short SpanCatalogue = 2;
    public const short LogCatalogue = 3;

    public static void Write(CopyBuffer copy, short pass, long minuteNs)
    {
        copy.BeginRow(2);
        copy.Value(pass);
        copy.Value(minuteNs);
    }
}

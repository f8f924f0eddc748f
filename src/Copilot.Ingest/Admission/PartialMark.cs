using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Intake.Rows;

namespace Copilot.Ingest.Admission;

/// <summary>Says on a span that earlier spans of its trace were shed: <c>copilot.partial = true</c>.</summary>
internal static class PartialMark
{
    public static void Add(ref SpanRow row, Utf8Buffer arena)
    {
        if (row.Attributes.IsAbsent || row.Attributes.Length <= 2)
        {
            row.Attributes = arena.Append("""{"copilot.partial":true}"""u8);
            return;
        }

        var start = arena.Length;
        arena.Write("""{"copilot.partial":true,"""u8);
        // The span is got before it is read: growing moves the arena.
        var rest = row.Attributes.Length - 1;
        var target = arena.GetSpan(rest);
        arena[new TextSlice(row.Attributes.Offset + 1, rest)].CopyTo(target);
        arena.Advance(rest);
        row.Attributes = arena.Since(start);
    }
}

using Copilot.Answers.Drafts;
using Copilot.Telemetry.Records;

namespace Copilot.Answers.Diagnoses;

/// <summary>A stretch of time that is looked at for a trouble, and the part of it that the trouble must touch.</summary>
internal readonly record struct PeriodLook(TimeWindow Window, TimeWindow Wanted)
{
    /// <summary>One after the other, until something is found. A trouble may have begun before the window that is asked about and end
    /// after it.</summary>
    public static IReadOnlyList<PeriodLook> Of(Inquiry inquiry)
    {
        var now = inquiry.Plan.AsOfNs;
        if (inquiry.Plan.Window is not { IsDefault: false })
            return
            [
                .. PeriodThresholds
                    .Back.Select(back => new TimeWindow(inquiry.AsOf - back, inquiry.AsOf))
                    .Select(w => new PeriodLook(w, w)),
            ];
        var asked = inquiry.Window;
        var to = Math.Max(asked.ToNs, Math.Min(now, UnixNanos.From(asked.To + PeriodThresholds.Around)));
        return [new PeriodLook(new TimeWindow(UnixNanos.From(asked.From - PeriodThresholds.Around), to), asked)];
    }
}

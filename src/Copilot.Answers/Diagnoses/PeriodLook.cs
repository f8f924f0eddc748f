using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
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
        var asked = inquiry.Window;
        // "is it over?" in a conversation about now names no window either.
        if (inquiry.Plan.Window is null or { IsDefault: true } || IsUpToNow(inquiry))
            return
            [
                .. PeriodThresholds
                    .Back.Select(back => new TimeWindow(inquiry.AsOf - back, inquiry.AsOf))
                    .Select(w => new PeriodLook(w, w)),
            ];
        return
        [
            .. PeriodThresholds.Around.Select(around =>
            {
                var to = Math.Max(asked.ToNs, Math.Min(now, UnixNanos.From(asked.To + around)));
                return new PeriodLook(new TimeWindow(UnixNanos.From(asked.From - around), to), asked);
            }),
        ];
    }

    private static bool IsUpToNow(Inquiry inquiry) =>
        inquiry.Plan.Window is { Source: PlannedWindow.FromConversation, Window: { } window } && window.ToNs == inquiry.Plan.AsOfNs;
}

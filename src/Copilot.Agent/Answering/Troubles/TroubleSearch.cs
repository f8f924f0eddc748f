using Copilot.Incidents.Troubles;
using Copilot.Telemetry.Time;

namespace Copilot.Agent.Answering.Troubles;

/// <summary>Looks for what is wrong in a question's window and puts it on record.</summary>
internal sealed class TroubleSearch(ITroubleFinder finder)
{
    public Task<Trouble> FindAsync(Inquiry inquiry, CancellationToken cancellation) => FindAsync(inquiry, inquiry.Window, cancellation);

    public async Task<Trouble> FindAsync(Inquiry inquiry, TimeWindow window, CancellationToken cancellation)
    {
        inquiry.Progress("Comparing every service with its baseline");
        var read = await inquiry.ReadAsync(
            "{ } | compare with the baseline, service by service", window,
            () => finder.FindAsync(window, inquiry.Baseline, null, cancellation),
            trouble => trouble.Causes.Count + trouble.Affected.Count);
        foreach (var cause in read.Value.Causes)
        {
            inquiry.Claim(read.Query, cause.Why, cause.TraceIds.Select(Telemetry.Spans.TraceId.Parse));
            foreach (var claim in cause.Evidence.Take(4)) inquiry.Claim(read.Query, claim);
        }

        foreach (var service in read.Value.Affected) inquiry.Claim(read.Query, TroubleWords.Worse(service));
        return read.Value;
    }
}

using Copilot.Language.Questions;
using Copilot.Store.Reads.Topology;
using Copilot.Store.Retention;
using Copilot.Telemetry.Records;

namespace Copilot.Answers.Drafts;

/// <summary>Turns planned windows into times: what hangs on a change is looked up.</summary>
internal sealed class WindowResolver(ChangeReads changes, ThinnedHours thinned)
{
    /// <summary>True where not every span of one of the windows is stored any more.</summary>
    public async Task<bool> IsThinnedAsync(IEnumerable<TimeWindow?> asked, CancellationToken cancellationToken)
    {
        foreach (var window in asked.OfType<TimeWindow>())
        {
            if (await thinned.TouchAsync(window, cancellationToken))
                return true;
        }

        return false;
    }

    /// <returns>The window, or the anchor for which no change was found.</returns>
    public async Task<(TimeWindow? Window, ChangeAnchor? Missing)> ResolveAsync(
        PlannedWindow? planned,
        DateTimeOffset asOf,
        CancellationToken cancellationToken
    )
    {
        if (planned?.Window is { } fixedWindow)
            return (fixedWindow, null);
        if (planned?.Anchor is not { } anchor)
            return (null, null);
        var filter = new ChangeFilter
        {
            To = asOf.AddTicks(1),
            Services = anchor.Service is { } service ? [service] : [],
            Kinds = anchor.Kind is { } kind ? [kind] : [],
            Version = anchor.Version,
            Limit = 1,
        };
        var found = await changes.FindAsync(filter, cancellationToken);
        if (found.Count == 0)
            return (null, anchor);
        var from = found[0].Time + anchor.From;
        var to = anchor.To is { } offset ? found[0].Time + offset : asOf;
        if (anchor.Until is { } until && until < to)
            to = until;
        return (new TimeWindow(from, to < asOf ? to : asOf), null);
    }
}

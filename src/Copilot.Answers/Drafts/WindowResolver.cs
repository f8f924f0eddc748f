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
        if (await FindAsync(anchor, asOf, cancellationToken) is not { } change)
            return (null, anchor);
        var from = change.Time + anchor.From;
        var to = anchor.To is { } offset ? change.Time + offset : asOf;
        if (anchor.Until is { } until && until < to)
            to = until;
        return (new TimeWindow(from, to < asOf ? to : asOf), null);
    }

    private async Task<Change?> FindAsync(ChangeAnchor anchor, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var filter = new ChangeFilter
        {
            To = asOf.AddTicks(1),
            Services = anchor.Service is { } service ? [service] : [],
            Kinds = anchor.Kind is { } kind ? [kind] : [],
        };
        var ofVersion = filter with { Version = anchor.Version };
        if (anchor.Said is { Length: > 0 } text)
        {
            var said = text.Split(' ');
            var told = Best(await changes.FindAsync(filter, cancellationToken), said);
            // "before the flag went on" may be a flag of another service than the one that is asked about.
            if (told is null && anchor.Service is not null)
                told = Best(await changes.FindAsync(filter with { Services = [] }, cancellationToken), said);
            return told ?? (anchor.Kind is null ? null : await NewestAsync(ofVersion, cancellationToken));
        }

        if (await NewestAsync(ofVersion, cancellationToken) is { } newest)
            return newest;
        // "the 6.2.0 rollback" took 6.2.0 back: what it brought is an older version.
        return anchor is { Version: { } version, Kind: "rollback" }
            ? (await changes.FindAsync(filter, cancellationToken)).FirstOrDefault(c =>
                c.PreviousVersion == version || c.Summary.Contains(version, StringComparison.Ordinal)
            )
            : null;
    }

    private async Task<Change?> NewestAsync(ChangeFilter filter, CancellationToken cancellationToken) =>
        await changes.FindAsync(filter with { Limit = 1 }, cancellationToken) is [var newest, ..] ? newest : null;

    // The one whose summary says most of the words, more than one of them; of several the newest.
    private static Change? Best(IReadOnlyList<Change> candidates, string[] said) =>
        candidates
            .Select(change => (Change: change, Words: Words(change.Summary)))
            .Select(c => (c.Change, Said: said.Count(word => c.Words.Any(w => w.StartsWith(word, StringComparison.OrdinalIgnoreCase)))))
            .Where(c => c.Said >= Math.Min(2, said.Length))
            .OrderByDescending(c => c.Said)
            .ThenByDescending(c => c.Change.Time)
            .Select(c => c.Change)
            .FirstOrDefault();

    private static string[] Words(string summary) =>
        summary.Split([' ', '-', '_', '/', '(', ')', ',', ':', '='], StringSplitOptions.RemoveEmptyEntries);
}

using Copilot.Analysis.Reports;
using Copilot.Diagnosis.Timeline;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Windows;

/// <summary>
/// Several troubles of their own in one look. A door through which they pass one after the other is worse all the time, so what shows there
/// tells neither which of them goes on nor since when: the requests of the place where each starts do.
/// </summary>
internal static class SeveralTroubles
{
    /// <summary>Of those that the shown stretch may be about, one that lasts by its own requests, where the stretch lasts.</summary>
    /// <param name="reports">Best first; at least one.</param>
    /// <param name="own">When the place of each was worse; null where its own requests do not tell.</param>
    public static CauseReport First(Episode shown, IReadOnlyList<CauseReport> reports, IReadOnlyDictionary<CauseReport, Episode?> own)
    {
        var showing = reports.Where(report => IsShownBy(report, shown)).ToList();
        return (shown.Lasts ? showing.Find(report => own[report] is { Lasts: true }) : null) ?? showing.FirstOrDefault() ?? reports[0];
    }

    /// <summary>When the first of them began: by its own requests, where what is shown shows another one, too.</summary>
    public static Episode OfFirst(Episode shown, CauseReport first, IReadOnlyList<CauseReport> reports, Episode? own) =>
        own is not null && own.Lasts == shown.Lasts && reports.Any(report => report != first && IsShownBy(report, shown))
            ? own with
            {
                Services = [.. own.Services.Union(first.Affected.Select(a => a.Service), StringComparer.Ordinal)],
            }
            : shown;

    /// <summary>Whose requests show it: the service to blame, or who calls it where it sends none itself.</summary>
    public static string Place(CauseReport report) => report.Items[0].SeenAt ?? report.Items[0].Service;

    public static bool IsOfPlace(CauseReport report, Episode episode, TimeWindow window) =>
        window.Overlaps(episode.Window) && episode.Services.Contains(Place(report), StringComparer.Ordinal);

    private static bool IsShownBy(CauseReport report, Episode episode) =>
        report
            .Affected.Select(a => a.Service)
            .Append(Place(report))
            .Any(service => episode.Services.Contains(service, StringComparer.Ordinal));
}

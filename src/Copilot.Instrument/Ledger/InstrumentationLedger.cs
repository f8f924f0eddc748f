using System.Globalization;
using Copilot.Instrument.Propagation;
using Copilot.Telemetry.Records;

namespace Copilot.Instrument.Ledger;

/// <summary>Who takes part in tracing, and what each gap costs.</summary>
public sealed record InstrumentationLedger
{
    public required TimeWindow Window { get; init; }

    /// <summary>Gaps first, the one that hides most requests on top; then what takes part, then peers and what was skipped.</summary>
    public required IReadOnlyList<LedgerEntry> Entries { get; init; }

    /// <summary>Which part of the own services that are known today sent spans, stretch by stretch.</summary>
    public required IReadOnlyList<CoverageStep> Course { get; init; }

    public required PropagationReport Propagation { get; init; }

    /// <summary>Senders that run an older SDK than others of the fleet.</summary>
    public required IReadOnlyList<OldSdk> Upgrades { get; init; }

    /// <summary>What keeps this from being the whole truth; null where nothing does.</summary>
    public string? Note { get; init; }

    /// <summary>Own services that are known.</summary>
    public int Known => Entries.Count(entry => entry.IsOwn);

    /// <summary>Of these, those whose spans arrive.</summary>
    public int Sending => Entries.Count(entry => entry.State is LedgerState.Instrumented or LedgerState.BreaksContext);

    /// <summary>0 to 1; null where nothing is known.</summary>
    public double? Coverage => Known == 0 ? null : (double)Sending / Known;

    /// <summary>Requests a minute that the gaps hide.</summary>
    public double LostPerMinute => Entries.Sum(entry => entry.LostPerMinute);

    /// <summary>Pure: the same facts give the same ledger.</summary>
    public static InstrumentationLedger Judge(LedgerFacts facts)
    {
        var entries = KnownWorkloads
            .Of(facts)
            .All.Select(workload => new EntryJudge(facts).Of(workload))
            .OfType<LedgerEntry>()
            .OrderBy(entry =>
                entry.IsGap ? 0
                : entry.IsOwn ? 1
                : 2
            )
            .ThenByDescending(entry => entry.LostPerMinute)
            .ThenByDescending(entry => entry.RequestsPerMinute)
            .ThenBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)
            .ToArray();
        return new InstrumentationLedger
        {
            Window = facts.Window,
            Entries = entries,
            Course = CoverageStep.Of(facts, entries.Where(entry => entry.IsOwn).ToArray()),
            Propagation = facts.Propagation,
            Upgrades = OldSdk.Of(facts.Services.Where(service => service.Steps.Count > 0)),
            Note = NoteOf(facts),
        };
    }

    private static string? NoteOf(LedgerFacts facts)
    {
        if (facts.ReceivedUntil is not { } until)
            return "No span has been received yet, so nothing can be judged by spans.";
        var behind = facts.Window.To - until;
        if (behind <= LedgerThresholds.ShortestSilence)
            return null;
        var last = until.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return $"Nothing at all was received after {last} UTC: who fell silent and who was not heard cannot be told apart.";
    }
}

/// <summary>One stretch of the coverage.</summary>
/// <param name="Sending">Own services that sent spans in it.</param>
/// <param name="Known">Own services that are known today; what was known then is not.</param>
public sealed record CoverageStep(DateTimeOffset From, int Sending, int Known)
{
    public double? Share => Known == 0 ? null : (double)Sending / Known;

    internal static IReadOnlyList<CoverageStep> Of(LedgerFacts facts, IReadOnlyList<LedgerEntry> own)
    {
        var counted = new int[facts.Steps];
        var names = own.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var step in facts.Services.Where(service => names.Contains(service.Service)).SelectMany(service => service.Steps))
        {
            if (step.Index >= 0 && step.Index < counted.Length)
                counted[step.Index]++;
        }

        return
        [
            .. counted.Select(
                (sending, index) => new CoverageStep(UnixNanos.ToTime(facts.Window.FromNs + (index * facts.StepNs)), sending, own.Count)
            ),
        ];
    }
}

using Copilot.Diagnosis.Investigations;
using Copilot.Diagnosis.Tests.Windows;
using Copilot.Diagnosis.Watch;
using Copilot.Store.Investigations;
using Copilot.Store.Rollups;
using Copilot.Store.Samples;
using Xunit.Abstractions;

namespace Copilot.Diagnosis.Tests.Watch.Streams;

/// <summary>A recorded world as it happened: a look ten seconds after each minute, and nothing of the future.</summary>
internal sealed class Replay(WorldDatabase world)
{
    /// <summary>A finding may come so long after the fault ended, when its last minute is over.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    /// <summary>Labels are not exact: a fault may show a little before the time it was noted at.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    private readonly Watcher _watcher = new(
        new MinuteCheck(
            new ServiceMinuteReads(world.Postgres.Database),
            new SampleLogReads(world.Postgres.Database),
            new SampleNames(world.Postgres.Database),
            new WatchOptions()
        ),
        new TrafficReads(world.Postgres.Database),
        world.Investigator,
        new InvestigationRepository(new InvestigationStore(world.Postgres.Database)),
        new WatchOptions()
    );

    private readonly List<(DateTimeOffset At, Investigation Finding)> _named = [];

    private readonly List<(DateTimeOffset At, Investigation Finding)> _seen = [];

    private IReadOnlyList<Investigation> _open = [];

    private int _looks;

    public InvestigationRepository Board { get; } = new(new InvestigationStore(world.Postgres.Database));

    public async Task LookAsync(DateTimeOffset minute)
    {
        var at = minute.AddSeconds(10);
        var open = await _watcher.LookAsync(at, default);
        foreach (var investigation in open)
        {
            // What is named for the first time, otherwise than before, or again after it was over.
            if (
                _named.FindLast(n => n.Finding.Id == investigation.Id).Finding?.Cause != investigation.Cause
                || _open.All(f => f.Id != investigation.Id)
            )
                _named.Add((at, investigation));
        }

        _seen.AddRange(open.Select(investigation => (at, investigation)));
        _open = open;

        _looks++;
    }

    /// <returns>How many faults were missed, and how many findings name none of them.</returns>
    public (int Missed, int Others) Report(IReadOnlyList<LabelledFault> faults, ITestOutputHelper output)
    {
        var (times, lasting) = (new List<double>(), 0);
        var right = new HashSet<string>();
        foreach (var fault in faults)
        {
            var during = _named.Where(n => n.At > fault.From - Early && n.At <= fault.To + Late).ToList();
            var hits = during.Where(n => n.Finding.Cause == fault.Cause).ToList();
            right.UnionWith(hits.Select(h => h.Finding.Id));
            if (hits.Count > 0)
                times.Add((hits[0].At - fault.From).TotalSeconds);
            var still = hits.Count == 0 && Lasts(fault);
            lasting += still ? 1 : 0;
            output.WriteLine(
                $"{fault.Id} {fault.Cause}: {(hits.Count > 0 ? $"after {times[^1]:0} s" : still ? "named before, and still showing" : "missed")} {string.Join(", ", during.Where(n => n.Finding.Cause != fault.Cause).Select(n => "also " + n.Finding.Cause))}"
            );
        }

        times.Sort();
        var others = _named.Where(n => !right.Contains(n.Finding.Id)).DistinctBy(n => n.Finding.Id).ToList();
        foreach (var (at, investigation) in others)
            output.WriteLine($"other: {at:HH:mm} {investigation.Cause}: {investigation.Summary}");
        output.WriteLine(
            FormattableString.Invariant(
                $"{times.Count} of {faults.Count} faults, {lasting} more in a finding that still lasted, median after {times[times.Count / 2]:0} s, at most {times[^1]:0} s; {others.Count} other findings in {_looks} minutes ({others.Count * 60.0 / _looks:0.0} an hour)"
            )
        );
        return (faults.Count - times.Count - lasting, others.Count);
    }

    /// <summary>Whether a finding that named the cause before the fault began was seen again in a minute of the fault: one that never
    /// stopped is not opened twice.</summary>
    private bool Lasts(LabelledFault fault) =>
        _seen.Exists(s =>
            s.Finding.Cause == fault.Cause
            && s.Finding.LastSeenAt > fault.From + TimeSpan.FromMinutes(1)
            && s.Finding.LastSeenAt <= fault.To
            && s.At <= fault.To + Late
        );
}

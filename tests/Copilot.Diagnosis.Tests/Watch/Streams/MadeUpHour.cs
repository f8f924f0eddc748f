using Copilot.Analysis.Causes;
using Copilot.Analysis.Samples;
using Copilot.Analysis.Tests.Simulation;
using Copilot.Diagnosis.Investigations;
using Copilot.Diagnosis.Watch;
using Copilot.Diagnosis.Windows;
using Copilot.Store.Investigations;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.Testing;

namespace Copilot.Diagnosis.Tests.Watch.Streams;

/// <summary>
/// Some time of a made-up system, minute by minute, and the watch's judgement after each: the same choice of minutes, the same
/// analysis, the same adding up and the same keeping of findings as the watch itself, only that no telemetry goes through a database.
/// </summary>
internal sealed class MadeUpHour
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 15, 0, 0, TimeSpan.Zero);

    private readonly WatchOptions _options = new();
    private readonly Suspects _suspects = new();
    private readonly ErrorMessages _messages = new();
    private readonly InvestigationRepository _board;
    private readonly InvestigationTracker _keeper;
    private readonly Dictionary<string, string> _named = [];
    private readonly NameTable _names = new();
    private readonly List<TelemetrySample> _minutes = [];
    private readonly SimTraffic _traffic;
    private readonly Random _random;
    private readonly SimFault _quiet = new() { Kind = "quiet" };
    private readonly int _perMinute;

    private MadeUpHour(int seed, PostgresFixture postgres)
    {
        _board = new InvestigationRepository(new InvestigationStore(postgres.Database));
        _keeper = new InvestigationTracker(_board, _options);
        System = SimSystem.Make(seed);
        _random = new Random(seed);
        _traffic = new SimTraffic(System, _names, _random);
        _perMinute = _random.Next(30, 200);
    }

    public SimSystem System { get; }

    /// <summary>A system of which nothing was found yet.</summary>
    public static async Task<MadeUpHour> BeginAsync(int seed, PostgresFixture postgres)
    {
        await postgres.ScalarAsync("delete from suggestions");
        return new MadeUpHour(seed, postgres);
    }

    /// <returns>Null where the system has no place for that kind of trouble.</returns>
    public SimFault? Fault(string kind)
    {
        var dry = _traffic.Run(new TimeWindow(Start, Start.AddMinutes(1)), 300, _quiet);
        var usage = _traffic.Usage();
        return new SimFaults(
            System,
            _random,
            o => usage.GetValueOrDefault((_names.Find(o.Service.Name), _names.Find(o.Name))) / (double)dry.TraceIds.Count
        ).Make(kind);
    }

    /// <summary>Lets a minute pass.</summary>
    /// <returns>Whom findings name after it that did not before.</returns>
    public async Task<IReadOnlyList<string>> PassAsync(SimFault? fault = null)
    {
        var from = Start.AddMinutes(_minutes.Count);
        var requests = _perMinute * (0.85 + (0.3 * _random.NextDouble())) * (fault?.Traffic ?? 1);
        _minutes.Add(_traffic.Run(new TimeWindow(from, from.AddMinutes(1)), (int)requests, fault ?? _quiet));
        var end = from.AddMinutes(1);
        var worse = Check(end);
        var found = await LookAsync(LookWindow.Choose(worse, end, m => m < UnixNanos.From(Start) ? 0 : At(m).TraceIds.Count, _options));
        var look = new Look(end, worse, true, found, _suspects.Note(found, worse));
        var open = await _keeper.KeepAsync(look, _suspects, default);
        var news = open.Where(f => _named.GetValueOrDefault(f.Id) != f.Cause).ToList();
        foreach (var investigation in news)
            _named[investigation.Id] = investigation.Cause;
        return [.. news.Select(f => f.Cause)];
    }

    /// <summary>Whom the open findings name.</summary>
    public async Task<IReadOnlyList<string>> AccusedAsync() => [.. (await _board.OpenAsync(default)).Select(f => f.Cause)];

    private List<WorseService> Check(DateTimeOffset end)
    {
        var minute = _minutes[^1];
        _messages.Note(
            minute.Window,
            [
                .. minute
                    .Logs.Where(l => l.Severity >= SeverityNumber.Error && l.Template >= 0)
                    .Select(l => new SampledLog(l.TimeNs, default, 0, l.Service, 0, (short)l.Severity, _names[l.Template]))
                    .Where(l => minute.Window.Contains(l.TimeNs)),
            ]
        );
        var messages = _messages
            .Find(_minutes.TakeLast(17).Select(m => m.Window.FromNs).ToHashSet())
            .Select(f => new WorseService(_names[f.Key], minute.Window.From, f.Value, "messages"));
        return
        [
            .. WorseDetector
                .Find([.. _minutes.TakeLast(17).SelectMany(m => ByService(m).Concat(ByCall(m)))], end)
                .Concat(messages)
                .DistinctBy(w => w.Service),
        ];
    }

    private async Task<WindowAnalysis?> LookAsync(TimeWindow window)
    {
        var traces = Within(window).Sum(s => s.TraceIds.Count);
        var quiet = new QuietMinutes(window, traces, await _keeper.TroublesAsync(default));
        var past = new TimeWindow(UnixNanos.From(Start), window.FromNs);
        quiet.Fill(
            past,
            _minutes.Where(m => past.Contains(m.Window.FromNs)).ToDictionary(m => m.Window.FromNs, m => (long)m.TraceIds.Count)
        );
        if (traces < _options.FewestTraces || quiet.Windows.Count == 0)
            return null;
        return new WindowAnalysis
        {
            Asked = window,
            Window = window,
            Baselines = quiet.Windows,
            Report = CauseRanker.Rank(
                new AnalysisInput
                {
                    Names = _names,
                    Bad = Together(window),
                    Baselines = [.. quiet.Windows.Select(Together)],
                }
            ),
        };
    }

    private TelemetrySample At(long minuteNs) => _minutes[(int)((minuteNs - UnixNanos.From(Start)) / UnixNanos.PerMinute)];

    private IEnumerable<TelemetrySample> Within(TimeWindow window) => _minutes.Where(m => window.Contains(m.Window.FromNs));

    private TelemetrySample Together(TimeWindow window)
    {
        var traces = new List<TraceId>();
        var spans = new List<SampleSpan>();
        var logs = new List<SampleLog>();
        foreach (var minute in Within(window))
        {
            var first = traces.Count;
            traces.AddRange(minute.TraceIds);
            spans.AddRange(minute.Spans.Select(s => s with { Trace = s.Trace + first }));
            logs.AddRange(minute.Logs.Select(l => l with { Trace = l.Trace + first }));
        }

        return new TelemetrySample
        {
            Window = window,
            TraceIds = traces,
            Spans = [.. spans],
            Logs = [.. logs],
        };
    }

    private IEnumerable<ServiceMinute> ByService(TelemetrySample minute) =>
        minute
            .Spans.Where(s => s.Kind is SpanKind.Server or SpanKind.Consumer || s.Parent.IsEmpty)
            .GroupBy(s => s.Service)
            .Select(g => Count(new ServiceMinute { MinuteNs = minute.Window.FromNs, Service = _names[g.Key] }, g));

    /// <summary>As the store counts calls: client spans by the service that answered, or by the peer where none did.</summary>
    private IEnumerable<ServiceMinute> ByCall(TelemetrySample minute)
    {
        var answered = minute.Spans.Where(s => !s.Parent.IsEmpty).ToLookup(s => (s.Trace, s.Parent), s => s.Service);
        return minute
            .Spans.Where(s => s.Kind is SpanKind.Client or SpanKind.Producer)
            .Select(s => (Span: s, Callee: answered[(s.Trace, s.Id)].Where(callee => callee != s.Service).Append(s.Peer).First()))
            .Where(c => c.Callee != NameTable.None)
            .GroupBy(c => (c.Span.Service, c.Callee), c => c.Span)
            .Select(g =>
                Count(
                    new ServiceMinute
                    {
                        MinuteNs = minute.Window.FromNs,
                        Caller = _names[g.Key.Service],
                        Service = _names[g.Key.Callee],
                    },
                    g
                )
            );
    }

    private static ServiceMinute Count(ServiceMinute row, IEnumerable<SampleSpan> spans)
    {
        foreach (var span in spans)
        {
            row.Requests++;
            row.Failed += span.Failed ? 1 : 0;
            row.Durations.Add(span.DurationNs);
        }

        return row;
    }
}

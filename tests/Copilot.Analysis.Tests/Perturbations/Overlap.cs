using Copilot.Analysis.Samples;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Tests.Perturbations;

/// <summary>Good times that were none: another fault had not been over for long.</summary>
internal static class Overlap
{
    /// <param name="share">How many traces of the other fault come to each of the nearest good window.</param>
    /// <param name="random">Which of them.</param>
    public static AnalysisInput? Of(RecordedFault fault, double share, Random random)
    {
        if (fault.Other is not { } other || other.Bad.TraceIds.Count == 0)
            return null;
        var good = fault.Input.Baselines[0];
        var wanted = Math.Min(1, share * good.TraceIds.Count / other.Bad.TraceIds.Count);
        var strange = Clocks.MoveTo(Thinning.Draw(other.Bad, wanted, random), good.Window);
        return fault.Input with
        {
            Baselines = [Together(good, strange, name => fault.Input.Names.Add(other.Names[name])), .. fault.Input.Baselines.Skip(1)],
        };
    }

    /// <summary>It began before it was noticed: the nearest good window holds a part of it.</summary>
    public static AnalysisInput? OfItself(RecordedFault fault, double share, Random random)
    {
        var good = fault.Input.Baselines[0];
        var wanted = Math.Min(1, share * good.TraceIds.Count / Math.Max(1, fault.Input.Bad.TraceIds.Count));
        var early = Clocks.MoveTo(Thinning.Draw(fault.Input.Bad, wanted, random), good.Window);
        return fault.Input with { Baselines = [Together(good, early, name => name), .. fault.Input.Baselines.Skip(1)] };
    }

    private static TelemetrySample Together(TelemetrySample one, TelemetrySample other, Func<int, int> name)
    {
        var first = one.TraceIds.Count;
        return new TelemetrySample
        {
            Window = one.Window,
            TraceIds = [.. one.TraceIds, .. other.TraceIds.Select(t => new TraceId(~t.High, t.Low))],
            Spans =
            [
                .. one.Spans,
                .. other.Spans.Select(s =>
                    s with
                    {
                        Trace = s.Trace + first,
                        Service = name(s.Service),
                        Operation = name(s.Operation),
                        Instance = name(s.Instance),
                        Peer = name(s.Peer),
                        ErrorType = name(s.ErrorType),
                    }
                ),
            ],
            Logs =
            [
                .. one.Logs,
                .. other.Logs.Select(l =>
                    l with
                    {
                        Trace = l.Trace < 0 ? -1 : l.Trace + first,
                        Service = name(l.Service),
                        Template = name(l.Template),
                        Instance = name(l.Instance),
                    }
                ),
            ],
        };
    }
}

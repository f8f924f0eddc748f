using System.Buffers.Binary;
using Copilot.Telemetry.Intake.Rows;

namespace Copilot.Ingest.Admission;

/// <summary>What a batch says about one of its traces.</summary>
internal struct TraceSpans
{
    /// <summary>A span failed, lasted unusually long, or belongs to an operation seldom seen.</summary>
    public bool Interesting;

    public TraceDecision Decision;

    /// <summary>How many traces a kept one stands for.</summary>
    public byte Weight;

    /// <summary>A number that is the same for all spans of a trace, here and in every process.</summary>
    public static ulong Key(in SpanRow row)
    {
        // Random ids are random in both halves; ids made by hand are mixed so that shedding them is fair too.
        var mixed = row.TraceId.High ^ BinaryPrimitives.ReverseEndianness(row.TraceId.Low);
        mixed = (mixed ^ (mixed >> 33)) * 0xff51afd7ed558ccd;
        mixed = (mixed ^ (mixed >> 33)) * 0xc4ceb9fe1a85ec53;
        return mixed ^ (mixed >> 33);
    }
}

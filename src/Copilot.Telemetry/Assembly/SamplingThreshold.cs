using System.Buffers.Text;

namespace Copilot.Telemetry.Assembly;

/// <summary>Reads how a sender sampled: <c>tracestate: ot=th:HEX</c> of OpenTelemetry's probability sampling.</summary>
public static class SamplingThreshold
{
    private const int Digits = 14;

    /// <summary>How many spans one stands for: 2^56 ÷ (2^56 − threshold); 1 where no threshold is given, or none that can be
    /// read.</summary>
    public static double AdjustedCount(ReadOnlySpan<byte> traceState)
    {
        foreach (var part in traceState.Split((byte)','))
        {
            var member = traceState[part].Trim((byte)' ');
            if (member.StartsWith("ot="u8))
                return OfMember(member[3..]);
        }

        return 1;
    }

    private static double OfMember(ReadOnlySpan<byte> member)
    {
        foreach (var part in member.Split((byte)';'))
        {
            var field = member[part];
            if (!field.StartsWith("th:"u8))
                continue;
            var hex = field[3..];
            if (hex.Length is 0 or > Digits || !Utf8Parser.TryParse(hex, out ulong value, out var consumed, 'x') || consumed != hex.Length)
                return 1;
            var threshold = value << (4 * (Digits - hex.Length));
            const double All = 1UL << 56;
            return All / (All - threshold);
        }

        return 1;
    }
}

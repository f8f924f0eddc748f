namespace Copilot.Instrument;

/// <summary>The numbers that decide in this room.</summary>
public static class InstrumentThresholds
{
    /// <summary>A larger file is no manifest that somebody wrote; it would only take up memory.</summary>
    /// <remarks>Unit: bytes. Set by what rendered charts come to: the largest seen is a tenth of it.</remarks>
    public const long LargestFileBytes = 10_000_000;

    /// <summary>How many workloads one wave changes unless somebody says otherwise.</summary>
    /// <remarks>Unit: workloads. Set by what two people can look through while a wave settles.</remarks>
    public const int WaveSize = 25;

    /// <summary>How long a wave is watched before the next.</summary>
    /// <remarks>Unit: time. Set by the slowest start of a Java service, several times over, and two scrapes of every probe.</remarks>
    public static readonly TimeSpan StabilityWindow = TimeSpan.FromMinutes(10);

    /// <summary>A wave stops where a workload's share of failed requests grew by this factor, and by a point of a hundred at
    /// least.</summary>
    /// <remarks>Unit: factor. Set by the ordinary scatter of a quiet service's share between two stretches of ten minutes.</remarks>
    public const double ErrorRateFactor = 2;

    /// <summary>A wave stops where pods take longer than this to become ready, compared with before.</summary>
    /// <remarks>Unit: factor. Set by the Java agent, which adds a third to a half to a start.</remarks>
    public const double StartupFactor = 2;

    /// <summary>What an agent adds to a process's memory; a limit that leaves less may end in a kill by the kernel.</summary>
    /// <remarks>Unit: bytes by language. Set by the agents' own documentation and their images' init containers, rounded up.</remarks>
    public static long AgentMemory(RuntimeLanguage language) =>
        language switch
        {
            RuntimeLanguage.Java => 150L << 20,
            RuntimeLanguage.DotNet => 100L << 20,
            RuntimeLanguage.NodeJs => 80L << 20,
            RuntimeLanguage.Python => 60L << 20,
            _ => 0,
        };
}

using Copilot.Analysis.Reports;
using Copilot.Diagnosis.Timeline;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Windows;

/// <summary>What was found out about a window.</summary>
public sealed record WindowAnalysis
{
    /// <summary>The window that was asked about.</summary>
    public required TimeWindow Asked { get; init; }

    /// <summary>The window that was looked into: the one asked about, or the minutes in it that the trouble is confined to.</summary>
    public required TimeWindow Window { get; init; }

    /// <summary>The trouble that was looked into; null where no stretch of the window stands out.</summary>
    public Episode? Episode { get; init; }

    /// <summary>What else went wrong in the window asked about, worst first.</summary>
    public IReadOnlyList<Episode> Others { get; init; } = [];

    /// <summary>Troubles of their own beside this one, each with its cause; whether one lasts is its episode's to say.</summary>
    public IReadOnlyList<WindowAnalysis> Also { get; init; } = [];

    /// <summary>The good windows compared with, nearest first; empty where there were none.</summary>
    public required IReadOnlyList<TimeWindow> Baselines { get; init; }

    public string? Scope { get; init; }

    public required CauseReport Report { get; init; }

    public IReadOnlyList<EvidenceQuery> Queries { get; init; } = [];

    /// <summary>How many traces the window holds, and how many were looked at.</summary>
    public long Traces { get; init; }

    public long TracesRead { get; init; }

    /// <summary>Every trace of the windows was read; otherwise figures are estimates from a uniform share of the traces.</summary>
    public bool IsExact { get; init; }

    public double ElapsedMs { get; init; }
}

/// <summary>One read that an investigation rests on.</summary>
public sealed record EvidenceQuery(string Id, string TraceQl, TimeWindow Window, int Rows, double ElapsedMs);

/// <summary>What to look into.</summary>
public sealed record WindowAnalysisRequest
{
    /// <summary>The bad window.</summary>
    public required TimeWindow Window { get; init; }

    /// <summary>Known good windows; none: chosen as the contract's term "baseline" says.</summary>
    public IReadOnlyList<TimeWindow> Baselines { get; init; } = [];

    /// <summary>A TraceQL spanset filter: which spans count at all. Null: all.</summary>
    public string? Scope { get; init; }

    /// <summary>The window ends now, and what lasts is asked for: it goes before what was worse and is over.</summary>
    public bool Now { get; init; }

    /// <summary>What goes wrong beside the cause is looked for as well.</summary>
    public bool Beside { get; init; }
}

using Copilot.Store.Reads.Details;

namespace Copilot.Web.Traces;

/// <summary>One line of the waterfall.</summary>
public sealed record WaterfallRow
{
    public required SpanDetail Span { get; init; }

    /// <summary>0 for the root.</summary>
    public required int Depth { get; init; }

    /// <summary>Where the bar starts, in percent of the trace.</summary>
    public required double Left { get; init; }

    public required double Width { get; init; }

    /// <summary>How much of its duration no child covers.</summary>
    public required double SelfMs { get; init; }

    /// <summary>How many spans are below it; none where it is a leaf.</summary>
    public required int Descendants { get; init; }

    /// <summary>Its subtree is folded away.</summary>
    public bool Collapsed { get; init; }

    /// <summary>A span below it failed: said where the subtree is folded away.</summary>
    public bool FailureBelow { get; init; }

    /// <summary>It names a parent that was not received.</summary>
    public bool ParentMissing { get; init; }

    /// <summary>It starts before its parent or ends after it: asynchronous work, or clocks that differ.</summary>
    public bool OutsideParent { get; init; }

    /// <summary>How much of the trace's duration was spent waiting for this span itself.</summary>
    public double CriticalMs { get; init; }

    /// <summary>When that was: left edge and width in percent of the trace.</summary>
    public IReadOnlyList<(double Left, double Width)> CriticalParts { get; init; } = [];

    /// <summary>Where the duration is written, so that it neither covers the names nor leaves the picture.</summary>
    public LabelPlace Label => Left + Width <= 80 ? LabelPlace.After : Left >= 20 ? LabelPlace.Before : LabelPlace.Inside;
}

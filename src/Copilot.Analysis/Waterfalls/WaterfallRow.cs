namespace Copilot.Analysis.Waterfalls;

/// <summary>One span in its place in the tree.</summary>
/// <param name="Index">Of the span in what was given.</param>
/// <param name="Depth">0 for a root, and for a span whose parent is missing.</param>
/// <param name="SelfNs">Its duration less what its children cover of it.</param>
/// <param name="Descendants">How many rows right after this one are below it.</param>
/// <param name="ParentMissing">It names a parent that was not received.</param>
/// <param name="OutlastsParent">It ends after its parent: asynchronous work, or clocks that differ.</param>
/// <param name="StartsBeforeParent">It starts before its parent: clocks differ.</param>
public readonly record struct WaterfallRow(
    int Index, int Depth, long SelfNs, int Descendants, bool ParentMissing, bool OutlastsParent, bool StartsBeforeParent);

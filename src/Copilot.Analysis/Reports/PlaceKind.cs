namespace Copilot.Analysis.Reports;

/// <summary>How a value goes with the trouble.</summary>
public enum PlaceKind
{
    /// <summary>Requests with it suffer, the others as good as not.</summary>
    Confined,

    /// <summary>Nearly all requests have it, and nearly none before had it: somebody brought it in. The others are those before.</summary>
    BroughtIn,

    /// <summary>What served its share of the requests before serves none now. The others are those before; hits are what it serves.</summary>
    Gone,
}

namespace Copilot.Agent.Model.Checking;

/// <summary>What a number counts, as far as its result says: only like is compared with like.</summary>
internal enum FactUnit
{
    /// <summary>A count, or something whose unit is not told.</summary>
    Plain,

    /// <summary>Milliseconds.</summary>
    Duration,

    /// <summary>0 to 1, said in percent.</summary>
    Ratio,

    /// <summary>A second.</summary>
    Rate,
}

namespace Copilot.Models.Phrases;

/// <summary>What a number counts, as far as its result or its sentence says: only like is compared with like.</summary>
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

    /// <summary>How many times another number it is.</summary>
    Times,
}

/// <summary>On which side of a comparison a figure stands.</summary>
internal enum FactSide
{
    /// <summary>Nothing is compared.</summary>
    None,
    Before,
    Now,
}

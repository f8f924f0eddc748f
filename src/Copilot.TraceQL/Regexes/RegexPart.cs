namespace Copilot.TraceQL.Regexes;

/// <summary>One piece of a regular expression, in no engine's dialect.</summary>
public sealed record RegexPart(RegexPartKind Kind, string Text)
{
    /// <summary>The least number of a counted repeat.</summary>
    public int Least { get; init; }

    /// <summary>The most of a counted repeat; null where it has no end.</summary>
    public int? Most { get; init; }
}

namespace Copilot.TraceQL.Regexes;

/// <summary>One piece of a regular expression, in no engine's dialect.</summary>
public sealed record RegexPart(RegexPartKind Kind, string Text)
{
    /// <summary>The least number of a counted repeat.</summary>
    public int Least { get; init; }

    /// <summary>The most of a counted repeat; null where it has no end.</summary>
    public int? Most { get; init; }
}

/// <summary>The pieces that a regular expression is made of.</summary>
public enum RegexPartKind
{
    /// <summary>One character that stands for itself.</summary>
    Character,

    /// <summary>Any character, line ends included.</summary>
    Any,

    /// <summary><c>\d \w \s \D \W \S</c>; the text is the letter.</summary>
    ClassEscape,

    /// <summary><c>\pL</c>, <c>\p{Greek}</c>; the text is the name.</summary>
    UnicodeClass,

    /// <summary><c>\b \B \A \z</c>; the text is the letter.</summary>
    Boundary,

    ClassOpen,
    NegatedClassOpen,

    /// <summary>A range in a class, of two characters.</summary>
    Range,

    /// <summary><c>[:alpha:]</c> in a class, as written.</summary>
    PosixClass,
    ClassClose,
    GroupOpen,
    GroupClose,
    Alternation,

    /// <summary><c>* + ? {n,m}</c>, without a lazy mark, which changes no yes-or-no match.</summary>
    Repeat,
    LineStart,
    LineEnd,

    /// <summary>Flags for what follows in the group; the text holds the letters.</summary>
    Flags,
}

namespace Copilot.Agent.Interpretation.Times;

internal enum TimeMentionKind
{
    /// <summary>Both ends are said, or follow from a length and an end.</summary>
    Range,

    /// <summary>From an instant to now.</summary>
    Since,

    /// <summary>A length that ends now.</summary>
    Last,

    /// <summary>Up to an instant; the start is not said.</summary>
    Before,

    /// <summary>An instant, give or take.</summary>
    Around,

    /// <summary>An instant, for as long as its precision.</summary>
    At,

    /// <summary>A calendar day or a part of it.</summary>
    Day,

    /// <summary>The conversation's window, moved.</summary>
    Shift,

    /// <summary>The same length just before the conversation's window.</summary>
    Preceding,
}

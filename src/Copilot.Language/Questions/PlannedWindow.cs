using Copilot.Telemetry.Records;

namespace Copilot.Language.Questions;

/// <summary>A window of time; either <see cref="Window"/> or <see cref="Anchor"/> is set.</summary>
/// <param name="Source">The words it came from, "conversation", "default" or "trouble".</param>
public sealed record PlannedWindow(TimeWindow? Window, ChangeAnchor? Anchor, string Source)
{
    public const string FromConversation = "conversation";
    public const string FromDefault = "default";

    /// <summary>The time of a trouble that an answer told: of this one question, and of none after it.</summary>
    public const string FromTrouble = "trouble";

    public static PlannedWindow At(TimeWindow window, string source) => new(window, null, source);

    public static PlannedWindow Around(ChangeAnchor anchor, string source) => new(null, anchor, source);

    public bool IsDefault => Source == FromDefault;
}

/// <summary>The two sides of a comparison. What a side leaves null it takes from the plan.</summary>
public sealed record PlannedComparison(ComparisonSide Before, ComparisonSide After);

/// <summary>One side of a comparison: another window, another service, another operation or another attribute value.</summary>
/// <param name="Label">How the side is called in the answer.</param>
public sealed record ComparisonSide(
    string Label,
    PlannedWindow? Window = null,
    ServiceReference? Service = null,
    OperationReference? Operation = null,
    AttributeCondition? Condition = null
);

/// <summary>A window that hangs on a change not looked up yet: [change + From, change + To). The change is the newest one not after
/// the question's now that matches all members that are set; where none does, the answer is no_data and says so.</summary>
/// <param name="Service">Whose change; null for any.</param>
/// <param name="Version">The version that was brought in.</param>
/// <param name="Kind">deploy, rollback, flag, config, …; null for any.</param>
/// <param name="From">Offset of the window's start; null means up to the question's now (only for "since").</param>
/// <param name="To">Offset of the window's end; null means the question's now.</param>
/// <param name="Until">A time at which the window ends at the latest; null for none.</param>
public sealed record ChangeAnchor(string? Service, string? Version, string? Kind, TimeSpan From, TimeSpan? To, DateTimeOffset? Until = null)
{
    /// <summary>Words of the change's summary, with blanks between them: "retention job start". Of several changes the one with most of them is meant.</summary>
    public string? Said { get; init; }
}

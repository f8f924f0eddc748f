using Copilot.Telemetry.Time;

namespace Copilot.Agent.Questions.Windows;

/// <summary>A window of time; either <see cref="Window"/> or <see cref="Anchor"/> is set.</summary>
/// <param name="Source">The words it came from, "conversation" or "default".</param>
public sealed record PlannedWindow(TimeWindow? Window, ChangeAnchor? Anchor, string Source)
{
    public const string FromConversation = "conversation";
    public const string FromDefault = "default";

    public static PlannedWindow At(TimeWindow window, string source) => new(window, null, source);

    public static PlannedWindow Around(ChangeAnchor anchor, string source) => new(null, anchor, source);

    public bool IsDefault => Source == FromDefault;
}

using Copilot.Telemetry.Records;

namespace Copilot.Language.Questions;

/// <summary>A half-open window, [from, to), as JSON shows it.</summary>
public sealed record Period(DateTimeOffset From, DateTimeOffset To)
{
    public static Period Of(TimeWindow window) => new(window.From, window.To);

    public TimeWindow ToWindow() => new(From, To);
}

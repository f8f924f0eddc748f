namespace Copilot.Agent.Questions;

public enum RefusalKind
{
    /// <summary>Something is to be carried out: restart, delete, scale, page.</summary>
    Action,

    /// <summary>The future.</summary>
    Forecast,

    /// <summary>Nothing that telemetry knows.</summary>
    OffTopic,

    /// <summary>Keys, prompts, connection strings.</summary>
    Secret,

    /// <summary>An attempt to change the rules.</summary>
    Manipulation,

    /// <summary>A number that telemetry holds but nobody counts here: distinct people.</summary>
    NotCounted,
}

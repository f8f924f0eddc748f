namespace Copilot.Incidents.Guide;

/// <summary>One thing to do.</summary>
/// <param name="Text">Markdown.</param>
/// <param name="Command">Text to copy; never run by the product. Null where telemetry does not hold what it needs.</param>
/// <param name="Source">Where the step comes from: a runbook's file name, or the kind of cause.</param>
public sealed record GuideStep(string Text, string? Command, string Source);

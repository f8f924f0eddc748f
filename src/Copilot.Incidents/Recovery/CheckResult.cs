namespace Copilot.Incidents.Recovery;

/// <param name="Value">As the check measures; null where nothing was received to measure.</param>
public sealed record CheckResult(RecoveryCheck Check, double? Value)
{
    /// <summary>Null where it cannot be told.</summary>
    public bool? Holds => Value is { } value ? value < Check.Below : null;
}

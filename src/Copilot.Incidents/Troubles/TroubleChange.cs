namespace Copilot.Incidents.Troubles;

/// <summary>A change that goes with the trouble in time and place.</summary>
/// <param name="Kind">deploy, rollback, flag, feature_flag, config, scale, …</param>
/// <param name="Flag">The flag's name, for flag changes.</param>
public sealed record TroubleChange(
    DateTimeOffset Time, string Service, string Kind, string? Version, string? PreviousVersion, string Summary, string? Author, string? Flag = null, string? Value = null);

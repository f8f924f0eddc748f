namespace Copilot.Watch.Detection;

/// <summary>A service that got significantly worse in the last minutes.</summary>
/// <param name="Since">Start of the first worse minute.</param>
/// <param name="Surprise">In standard deviations.</param>
public sealed record WorseService(string Service, DateTimeOffset Since, double Surprise, string Why);

namespace Copilot.Watch.Detection;

/// <summary>A service in which trouble starts, by all that is known of it.</summary>
/// <param name="Since">When looks began to point to it.</param>
internal sealed record Conviction(string Service, DateTimeOffset Since);

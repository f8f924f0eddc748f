namespace Copilot.Slack.Tests.Double;

/// <param name="Refusal">The error that inviting them gives, or null.</param>
internal sealed record SlackUser(string Id, string Name, string Email, string? Refusal = null, string Zone = "Europe/Amsterdam");

using System.Text.Json.Nodes;

namespace Copilot.Cli.Importing.Sending;

/// <summary>What the copilot said to one request.</summary>
/// <param name="Reason">Why it was refused; empty when it was taken.</param>
internal sealed record SendOutcome(bool Taken, JsonNode? Answer, string Reason);

using System.Text.Json.Nodes;

namespace Copilot.Agent.Conversations;

/// <summary>What a person thinks of an answer.</summary>
/// <param name="Right">The answer was right.</param>
/// <param name="Expected">What was expected instead, in words.</param>
/// <param name="Expect">The same as a scorer reads it: at least an <c>outcome</c>, with a <c>kind</c> and its members where a result was expected.</param>
/// <param name="By">Who says so.</param>
public sealed record Rating(bool Right, string? Expected, JsonObject? Expect, string By);

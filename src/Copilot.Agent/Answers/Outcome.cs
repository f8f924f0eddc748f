using System.Text.Json.Serialization;

namespace Copilot.Agent.Answers;

/// <summary>How a question ended. An answer that would be a guess is not <see cref="Answered"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Outcome>))]
public enum Outcome
{
    [JsonStringEnumMemberName("answered")] Answered,
    [JsonStringEnumMemberName("clarify")] Clarify,
    [JsonStringEnumMemberName("unsupported")] Unsupported,
    [JsonStringEnumMemberName("no_data")] NoData,
}

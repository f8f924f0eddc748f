using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Models.Audit;
using Copilot.Models.Checking;
using Copilot.Models.Tools;

namespace Copilot.Models.Tests.Studies;

/// <summary>A question with the calls that a model made for it and their results as recorded: with who wrote each text.</summary>
/// <param name="Services">All services that were known then.</param>
internal sealed record RecordedQuestion(string Id, string Question, IReadOnlyList<ToolResult> Results, IReadOnlyList<string> Services)
{
    public EvidenceCheck Check { get; } = new(Results, Question, Services, TimeZoneInfo.Utc);
}

/// <summary>Results of tools as a file keeps them: what somebody vouches for is an object of one member, called by what it is known as;
/// any other text is a stranger's.</summary>
internal static class RecordedResults
{
    private const string Mark = "@";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyDictionary<string, RecordedQuestion> Read(string file)
    {
        var lines = File.ReadLines(file).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        var services = lines[0]["services"]!.AsArray().Select(name => name!.GetValue<string>()).ToList();
        return lines
            .Skip(1)
            .Select(line => new RecordedQuestion(
                line["id"]!.GetValue<string>(),
                line["question"]!.GetValue<string>(),
                [.. line["calls"]!.AsArray().Select(call => Result(call!.AsObject()))],
                services
            ))
            .ToDictionary(question => question.Id, StringComparer.Ordinal);
    }

    public static string Line(string id, string question, IEnumerable<ToolResult> results) =>
        new JsonObject
        {
            ["id"] = id,
            ["question"] = question,
            ["calls"] = new JsonArray([
                .. results.Select(result =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["tool"] = result.Call!.Name,
                            ["arguments"] = result.Call.Arguments.DeepClone(),
                            ["result"] = Written(result.Tree),
                        }
                ),
            ]),
        }.ToJsonString(Json);

    private static ToolResult Result(JsonObject call) =>
        ToolResult
            .Of((JsonObject)Known(call["result"])!)
            .Of(new ToolCall(call["tool"]!.GetValue<string>(), call["arguments"]!.DeepClone().AsObject()));

    private static JsonNode? Written(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Written(member.Value)))),
            JsonArray list => new JsonArray([.. list.Select(Written)]),
            _ when KnownText.Of(node) is (var text, { } what) => new JsonObject { [Mark + what] = text },
            _ => node?.DeepClone(),
        };

    private static JsonNode? Known(JsonNode? node) =>
        node switch
        {
            JsonObject { Count: 1 } leaf when leaf.First() is var (name, text) && name.StartsWith(Mark, StringComparison.Ordinal) =>
                KnownText.Leaf(text!.GetValue<string>(), Enum.Parse<KnownAs>(name[Mark.Length..])),
            JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Known(member.Value)))),
            JsonArray list => new JsonArray([.. list.Select(Known)]),
            _ => node?.DeepClone(),
        };
}

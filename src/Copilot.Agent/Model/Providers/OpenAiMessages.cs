using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using Sent = OpenAI.Chat.ChatMessage;

namespace Copilot.Agent.Model.Providers;

/// <summary>Messages and tools in the shapes of the chat-completions protocol.</summary>
internal static class OpenAiMessages
{
    public static IEnumerable<Sent> Of(IEnumerable<ChatMessage> messages) => messages.SelectMany(Of);

    public static ChatCompletionOptions Options(ChatOptions? options)
    {
        var sent = new ChatCompletionOptions { MaxOutputTokenCount = options?.MaxOutputTokens, Temperature = options?.Temperature };
        foreach (var tool in (options?.Tools ?? []).OfType<AIFunctionDeclaration>())
            sent.Tools.Add(ChatTool.CreateFunctionTool(tool.Name, tool.Description, BinaryData.FromString(tool.JsonSchema.GetRawText())));
        return sent;
    }

    private static IEnumerable<Sent> Of(ChatMessage message)
    {
        if (message.Role == ChatRole.System) return [new SystemChatMessage(message.Text)];
        if (message.Role == ChatRole.User) return [new UserChatMessage(message.Text)];
        if (message.Role == ChatRole.Tool)
            return message.Contents.OfType<FunctionResultContent>().Select(result => new ToolChatMessage(result.CallId, result.Result as string ?? string.Empty));
        var calls = message.Contents.OfType<FunctionCallContent>()
            .Select(call => ChatToolCall.CreateFunctionToolCall(call.CallId, call.Name, BinaryData.FromString(JsonSerializer.Serialize(call.Arguments))))
            .ToList();
        if (calls.Count == 0) return [new AssistantChatMessage(message.Text)];
        var assistant = new AssistantChatMessage(calls);
        if (message.Text.Length > 0) assistant.Content.Add(ChatMessageContentPart.CreateTextPart(message.Text));
        return [assistant];
    }
}

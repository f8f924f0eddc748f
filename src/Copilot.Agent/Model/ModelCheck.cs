using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Copilot.Agent.Model.Providers;
using Microsoft.Extensions.AI;

namespace Copilot.Agent.Model;

/// <summary>Tells whether the configured model can do what questions need: answer, and call tools.</summary>
public sealed class ModelCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ModelOptions options;
    private readonly ModelAccess access;

    internal ModelCheck(ModelOptions options, ModelAccess access) => (this.options, this.access) = (options, access);

    public ModelStatus Status => ModelStatus.Of(options);

    /// <summary>Sends two short messages that hold nothing of any question. Never throws for what a provider does.</summary>
    public async Task<ModelCheckResult> RunAsync(CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            var client = access.Client();
            var called = false;
            var ready = AIFunctionFactory.Create(Ready, "ready");
            List<ChatMessage> messages = [new(ChatRole.System, Prompts.Check), new(ChatRole.User, "Go.")];
            var asked = new ChatOptions { Tools = [ready], MaxOutputTokens = options.Limits.AnswerTokens, ModelId = options.Name };
            var reply = await client.GetStreamingResponseAsync(messages, asked, patience.Token).ToChatResponseAsync(patience.Token);
            var calls = reply.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
            if (calls.Count > 0)
            {
                called = calls.Exists(call => call.Name == "ready");
                messages.AddRange(reply.Messages);
                messages.Add(new ChatMessage(ChatRole.Tool, [.. calls.Select(call => new FunctionResultContent(call.CallId, Ready()))]));
                await client.GetStreamingResponseAsync(messages, asked, patience.Token).ToChatResponseAsync(patience.Token);
            }

            return new ModelCheckResult(
                called, Stopwatch.GetElapsedTime(started),
                called ? "It answers and calls tools." : "It answers, but it did not call the tool it was asked to call. A model that cannot call tools cannot look at the data.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Failed(string.Create(CultureInfo.InvariantCulture, $"the model gave no answer within {Patience.TotalSeconds:0} s"));
        }
        catch (Exception failure) when (ProviderFailure.Explain(failure) is { } why)
        {
            return Failed(why);
        }

        ModelCheckResult Failed(string why) => new(false, Stopwatch.GetElapsedTime(started), char.ToUpperInvariant(why[0]) + why[1..] + ".");
    }

    [Description("Tells that tools work.")]
    private static string Ready() => """{"status":"ok"}""";
}

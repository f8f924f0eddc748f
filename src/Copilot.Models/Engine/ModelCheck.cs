using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Copilot.Models.Providers;
using Microsoft.Extensions.AI;

namespace Copilot.Models.Engine;

/// <summary>Tells whether the configured model can do what questions need: answer, and call tools.</summary>
public sealed class ModelCheck
{
    private readonly ModelOptions _options;
    private readonly ModelAccess _access;

    internal ModelCheck(ModelOptions options, ModelAccess access) => (this._options, this._access) = (options, access);

    public ModelStatus Status => ModelStatus.Of(_options);

    /// <summary>Sends two short messages that hold nothing of any question. Never throws for what a provider does.</summary>
    public async Task<ModelCheckResult> RunAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(LimitThresholds.CheckTime);
        try
        {
            var client = _access.Client();
            var called = false;
            var ready = AIFunctionFactory.Create(Ready, "ready");
            List<ChatMessage> messages = [new(ChatRole.System, Prompts.Check), new(ChatRole.User, "Go.")];
            var asked = new ChatOptions
            {
                Tools = [ready],
                MaxOutputTokens = _options.Limits.AnswerTokens,
                ModelId = _options.Name,
            };
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
                called,
                Stopwatch.GetElapsedTime(started),
                called
                    ? "It answers and calls tools."
                    : "It answers, but it did not call the tool it was asked to call. A model that cannot call tools "
                        + "cannot look at the data."
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(
                string.Create(CultureInfo.InvariantCulture, $"the model gave no answer within {LimitThresholds.CheckTime.TotalSeconds:0} s")
            );
        }
        catch (Exception failure) when (ProviderFailure.Explain(failure) is { } why)
        {
            return Failed(why);
        }

        ModelCheckResult Failed(string why) =>
            new(false, Stopwatch.GetElapsedTime(started), char.ToUpperInvariant(why[0]) + why[1..] + ".");
    }

    [Description("Tells that tools work.")]
    private static string Ready() => """{"status":"ok"}""";
}

/// <summary>What came of trying the model.</summary>
/// <param name="Message">One sentence for a person: what works, or what is wrong.</param>
public sealed record ModelCheckResult(bool Works, TimeSpan Elapsed, string Message);

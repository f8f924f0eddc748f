using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Copilot.Diagnosis.Alerts;
using Copilot.Diagnosis.Investigations;
using Copilot.Slack.Api;
using Copilot.Slack.Rooms;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Conversing;

/// <summary>What is asked when somebody points at an alert: what is wrong with what it is about, from a while before it until
/// now.</summary>
internal sealed partial class AlertQuestions(SlackApi api, AlertedServices services, InvestigationRepository findings, TimeProvider time)
{
    /// <summary>The question of a message that is an alert; null where it is none.</summary>
    public async Task<string?> OfAsync(JsonElement message, CancellationToken cancellationToken)
    {
        if (AlertMessage.Read(message) is not { } alert)
            return null;
        var service = await services.OfAsync(
            new Alert
            {
                Source = SlackAsker.Source,
                Key = message.Text("ts") ?? "",
                Title = "",
                State = alert.IsOver ? AlertState.Over : AlertState.Firing,
                StartsAt = alert.At,
                Services = alert.Claims,
            },
            cancellationToken
        );
        var from = alert.At - SlackTelling.BeforeAlert;
        var now = time.GetUtcNow();
        var begin = from < now ? from : now - SlackTelling.BeforeAlert;
        return Question(service, begin);
    }

    // Nothing of the alert's own words comes into the question but a name that is known as a service.
    private static string Question(string? service, DateTimeOffset begin)
    {
        var since = begin.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return Hostile.IsSafeWord(service) ? $"what is wrong with {service} since {since}" : $"what is going wrong since {since}";
    }

    private async Task<string?> OfFindingAsync(JsonElement message, CancellationToken cancellationToken) =>
        message.Member("metadata").Member("event_payload").Text("key") is { } key
        && key.StartsWith(SlackInvestigations.KeyStart, StringComparison.Ordinal)
        && await findings.FindAsync(key[SlackInvestigations.KeyStart.Length..].Split('/')[0], cancellationToken) is { } finding
            ? Question(finding.Cause, finding.Window.From - SlackTelling.BeforeAlert)
            : null;

    /// <summary>The same of the message that a thread is below.</summary>
    public async Task<string?> OfThreadAsync(string channel, string thread, CancellationToken cancellationToken)
    {
        try
        {
            var replies = await api.ReadAsync(
                "conversations.replies",
                new Dictionary<string, string>
                {
                    ["channel"] = channel,
                    ["ts"] = thread,
                    ["limit"] = "1",
                    ["include_all_metadata"] = "true",
                },
                cancellationToken
            );
            return replies.List("messages") is [var parent, ..] && parent.Text("ts") == thread
                ? await OfFindingAsync(parent, cancellationToken) ?? await OfAsync(parent, cancellationToken)
                : null;
        }
        catch (Exception e) when (e is SlackErrorException or SlackRateException or HttpRequestException)
        {
            // Where the app may not read, the question stands for itself.
            return null;
        }
    }

    /// <summary>Whether a question says nothing but that the message above is meant.</summary>
    public static bool IsOnlyPointing(string question) => Pointing().IsMatch(question.Trim());

    [GeneratedRegex(
        @"^(?:(?:and|so|but|hey|ok)\s+)?(?:(?:can|could)\s+you\s+)?"
            + @"(?:why(?:\s+is\s+(?:this|that|it))?(?:\s+(?:happening|firing))?"
            + @"|what(?:'s|’s|\s+is)\s+(?:this|that|it|wrong|up|happening|going\s+on)(?:\s+(?:about|here))?"
            + @"|what\s+happened|what\s+does\s+(?:this|that|it)\s+mean|explain(?:\s+(?:this|that|it))?"
            + @"|(?:take\s+a\s+)?look(?:\s+(?:at|into)\s+(?:this|that|it))?|investigate(?:\s+(?:this|that|it))?"
            + @"|help|warum|was\s+ist\s+(?:das|los))?\W*$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Pointing();
}

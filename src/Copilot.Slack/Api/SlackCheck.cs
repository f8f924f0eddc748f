namespace Copilot.Slack.Api;

/// <summary>Tells whether the token works and what it lacks.</summary>
/// <param name="Problem">What is wrong and what to do; null where nothing is.</param>
public sealed record SlackCheck(bool Ok, string? Team, string? User, IReadOnlyList<string> MissingScopes, string? Problem)
{
    public static async Task<SlackCheck> RunAsync(SlackApi api, SlackOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var (answer, scopes) = await api.TestAsync(cancellationToken);
            var missing = scopes.Count == 0 ? [] : SlackManifest.Scopes.Keys.Except(scopes).Order(StringComparer.Ordinal).ToArray();
            var problem =
                missing.Length == 0
                    ? null
                    : $"Add the scopes {string.Join(", ", missing)} under OAuth & Permissions and install the app again.";
            if (problem is null && !string.IsNullOrWhiteSpace(options.AppToken))
                await api.OpenSocketAsync(cancellationToken);
            else if (problem is null && string.IsNullOrWhiteSpace(options.SigningSecret))
                return new SlackCheck(
                    false,
                    answer.Text("team"),
                    answer.Text("user"),
                    missing,
                    "No signing secret is set, so every request from Slack is refused. Set Slack:SigningSecret."
                );
            return new SlackCheck(missing.Length == 0, answer.Text("team"), answer.Text("user"), missing, problem);
        }
        catch (Exception e) when (e is SlackErrorException or SlackRateException or HttpRequestException)
        {
            return new SlackCheck(false, null, null, [], e.Message);
        }
    }
}

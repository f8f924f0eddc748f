using System.CommandLine;

namespace Copilot.Cli;

/// <summary>The option that says where the copilot runs.</summary>
internal static class CopilotUrl
{
    private const string Variable = "COPILOT_URL";

    private static readonly Uri Usual = new("http://127.0.0.1:5080/");

    public static Option<Uri> Option() =>
        new("--url")
        {
            Description = $"Where the copilot runs; the variable {Variable} says so for all commands.",
            HelpName = "URL",
            DefaultValueFactory = result =>
            {
                var named = Environment.GetEnvironmentVariable(Variable);
                if (string.IsNullOrWhiteSpace(named))
                    return Usual;
                if (Read(named) is { } url)
                    return url;
                result.AddError($"{Variable} takes an address such as http://127.0.0.1:5080; '{named}' is none.");
                return Usual;
            },
            CustomParser = result =>
            {
                if (Read(result.Tokens[0].Value) is { } url)
                    return url;
                result.AddError($"--url takes an address such as http://127.0.0.1:5080; '{result.Tokens[0].Value}' is none.");
                return null;
            },
        };

    /// <summary>An address without a scheme is of http: that is what the app speaks.</summary>
    internal static Uri? Read(string text)
    {
        text = text.Trim();
        if (!text.Contains("://", StringComparison.Ordinal))
            text = "http://" + text;
        // A folder without a slash at its end would be left out of what is asked below it.
        return
            Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            && url.Host.Length > 0
            ? url
            : null;
    }
}

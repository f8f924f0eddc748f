using System.CommandLine;

namespace Copilot.Cli;

/// <summary>The option that says where the copilot runs.</summary>
internal static class CopilotUrl
{
    public static Option<Uri> Option() =>
        new("--url")
        {
            Description = "Where the copilot runs.",
            HelpName = "URL",
            DefaultValueFactory = _ => new Uri("http://127.0.0.1:5080"),
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
                    return url;
                result.AddError($"--url takes an address such as http://127.0.0.1:5080; '{result.Tokens[0].Value}' is none.");
                return null;
            },
        };
}

namespace Copilot.Web.Home;

/// <summary>What can be asked without knowing anything; each has an answer whatever is going on.</summary>
public static class StarterQuestions
{
    public static IReadOnlyList<string> All { get; } =
    [
        "What is going wrong and who should fix it?",
        "Which services have the highest error rate?",
        "Show me failed traces of the last 15 minutes",
        "What changed in the last hour?",
        "Which operations are the slowest?",
        "Which services are affected?",
    ];
}

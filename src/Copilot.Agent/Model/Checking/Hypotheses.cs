using System.Text.RegularExpressions;

namespace Copilot.Agent.Model.Checking;

/// <summary>Tells what is concluded from what is shown: a sentence that gives a reason no result gives is marked as a hypothesis.</summary>
internal static partial class Hypotheses
{
    private const string Mark = "Hypothesis: ";

    /// <param name="services">The services that the sentence names.</param>
    /// <param name="causes">Those that a result names as a cause.</param>
    public static string Marked(string sentence, IReadOnlyList<string> services, IReadOnlyCollection<string> causes)
    {
        if (!Reason().IsMatch(sentence) || Denial().IsMatch(sentence) || sentence.Contains("hypothesis", StringComparison.OrdinalIgnoreCase)) return sentence;
        // Shown, where it blames only what a result blames.
        if (services.Count > 0 && services.Intersect(causes, StringComparer.OrdinalIgnoreCase).Any() && !Guess().IsMatch(sentence)) return sentence;
        var start = Start().Match(sentence).Length;
        return sentence[..start] + Mark + sentence[start..];
    }

    [GeneratedRegex(@"\b(?:because|due to|caused?(?: by)?|causes|causing|root cause|at fault|to blame|blames?|culprit|responsible for|leads? to|led to|result(?:s|ed|ing)? (?:from|in)|triggered|since the deploy|probably|presumably|perhaps|maybe|might|could be|suggests?|likely|seems?|appears?)\b", RegexOptions.IgnoreCase, 200)]
    private static partial Regex Reason();

    [GeneratedRegex(@"\b(?:probably|presumably|perhaps|maybe|might|could be|suggests?|seems?|appears?)\b", RegexOptions.IgnoreCase, 200)]
    private static partial Regex Guess();

    [GeneratedRegex(@"\b(?:no|not|nothing|without|unknown|cannot|can't|unclear)\b[^.]*\bcauses?\b", RegexOptions.IgnoreCase, 200)]
    private static partial Regex Denial();

    // Behind the sign of a list, or of a quotation.
    [GeneratedRegex(@"^\s*(?:[-*>]\s+|\d+\.\s+)?", RegexOptions.None, 200)]
    private static partial Regex Start();
}

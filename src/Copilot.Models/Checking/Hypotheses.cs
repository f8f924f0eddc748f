using System.Text.RegularExpressions;

namespace Copilot.Models.Checking;

/// <summary>Tells what is concluded from what is shown: a sentence that gives a reason no result gives is marked as a hypothesis.</summary>
internal static partial class Hypotheses
{
    private const string Mark = "Hypothesis: ";

    /// <param name="own">The sentence as the model said it, without what it quotes.</param>
    /// <param name="services">The services that the sentence names.</param>
    /// <param name="causes">Those that a result names as a cause.</param>
    public static string Marked(string sentence, string own, IReadOnlyList<string> services, IReadOnlyCollection<string> causes)
    {
        if (!Reason().IsMatch(own) || Denial().IsMatch(own) || IsMarked(sentence))
            return sentence;
        // Shown, where it blames only what a result blames.
        if (services.Count > 0 && services.Intersect(causes, StringComparer.OrdinalIgnoreCase).Any() && !Guess().IsMatch(own))
            return sentence;
        var start = Start().Match(sentence).Length;
        return sentence[..start] + Mark + sentence[start..];
    }

    /// <summary>The sentence is called a hypothesis before anything else is said.</summary>
    public static bool IsMarked(string sentence) => Marked().IsMatch(sentence);

    [GeneratedRegex(
        @"^[\s*_>#-]*(?:\d+\.\s+)?[*_]*(?:hypothesis|hypothese|hypothèse|hipótesis)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex Marked();

    [GeneratedRegex(
        @"\b(?:because|due to|caused?(?: by)?|causes|causing|root cause|at fault|to blame|blames?|culprit|responsible for"
            + @"|leads? to|led to|result(?:s|ed|ing)? (?:from|in)|triggered|since the deploy|probably|presumably|perhaps|maybe"
            + @"|might|could be|suggests?|likely|seems?|appears?(?! (?:in|on|at|under)\b)|broke|breaks|broken by"
            + @"|stems? from|owing to|is why|the reason"
            + @"|brought (?:it |\S+ )?down|introduced by"
            + @"|weil|wegen|aufgrund|ursach\w*|verursach\w*|liegt (?:an|am)|lag (?:an|am)|schuld\w*|auslöser|ausgelöst"
            + @"|vermutlich|wahrscheinlich|vielleicht|offenbar|scheint|scheinen"
            + @"|parce qu\w*|à cause|en raison|caus(?:é|e|ent)\w*|la cause|dus? (?:à|aux?)|due (?:à|aux?)|provoqu\w*"
            + @"|probablement|peut-être|semble\w*|responsables?"
            + @"|porque|debido a|a causa|por culpa|culpa|culpable|caus(?:a|an|as|ada|ado|adas|ados|ó|aron|aba)|provoc\w*"
            + @"|probablemente|quizás?|tal vez|parecen?"
            + @"|perché|causat\w*|probabilmente|colpa|por causa|devido|causad\w*|provavelmente|omdat|vanwege|oorzaak"
            + @"|veroorza\w*|waarschijnlijk|doordat|ponieważ|z powodu|przyczyn\w*|eftersom|orsak\w*)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex Reason();

    [GeneratedRegex(
        @"\b(?:perhaps|maybe|might|could be|suggests?|seems?|appears?(?! (?:in|on|at|under)\b)|vielleicht"
            + @"|offenbar|scheint|peut-être|semble|quizás?"
            + @"|tal vez|parecen?)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex Guess();

    [GeneratedRegex(
        @"\b(?:no|not|nothing|without|unknown|cannot|can't|unclear|keine?|nicht|unbekannt|aucune|pas|ninguna|sin"
            + @"|desconocida)\b[^.]*\b(?:causes?|ursachen?|causas?)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex Denial();

    // Behind the sign of a list, or of a quotation.
    [GeneratedRegex(@"^\s*(?:[-*>]\s+|\d+\.\s+)?", RegexOptions.None, PatternThresholds.OfAnswer)]
    private static partial Regex Start();
}

using System.Text.RegularExpressions;

namespace Copilot.Agent.Interpretation.Tokens;

/// <summary>What a question is cut into. Every alternative is bounded, so the scan is linear in the text.</summary>
internal static partial class TokenPatterns
{
    // A number inside a name ("eu-central-1") is a part of the name.
    private const string NotInName = @"(?<![\p{L}_]\p{N}{0,9}[-_.])";

    private const string Unit =
        @"ns|us|µs|μs|ms|msecs?|millis|milliseconds?|millisekunden?|secs?|seconds?|sekunden?|sek|mins?|minutes?|minuten?|hrs?|hours?|stunden?|std|days?|tage?n?|weeks?|wochen?";

    [GeneratedRegex(
        """(?<quoted>"[^"\n]{1,300}"|`[^`\n]{1,300}`|(?<![\p{L}\p{N}])'[^'\n]{2,300}'(?![\p{L}\p{N}]))""" +
        @"|(?<iso>(?<!\d)\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:\s?(?<offset>Z|z|UTC|[+-]\d{2}:?\d{2})(?!\d))?)" +
        @"|(?<date>(?<![\w.-])(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})(?![\w-]))" +
        @"|(?<trace>(?<![0-9a-zA-Z])(?:00-)?[0-9a-fA-F]{32}(?:-[0-9a-f]{16}-[0-9a-f]{2})?(?![0-9a-zA-Z]))" +
        @"|(?<span>(?<![0-9a-zA-Z-])(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{16}(?![0-9a-zA-Z-]))" +
        @"|(?<url>https?://[^\s""'<>|]{1,500})" +
        @"|(?<clock>(?<![\d:]|\d\.)(?:[01]?\d|2[0-4])[:][0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:\s?(?<half>am|pm|a\.m\.|p\.m\.)(?!\w)|(?<zulu>Z)(?!\w)|h(?!\w))?(?!\d|:\d))" +
        @"|(?<hour>" + NotInName + @"(?<![\d:.])(?:1[0-2]|0?\d)\s?(?<half>am|pm|a\.m\.|p\.m\.)(?!\w))" +
        @"|(?<duration>" + NotInName + @"(?<![\d:.])(?<amount>\d{1,9}(?:[.,]\d{1,6})?)(?:[\s-]?(?<unit>" + Unit + @")|\s?(?<unit>[smhd]))(?![\w%]))" +
        @"|(?<percent>" + NotInName + @"(?<amount>\d{1,9}(?:[.,]\d{1,6})?)\s?(?:%|percent\b|prozent\b))" +
        @"|(?<version>" + NotInName + @"(?<![\d:])(?:v\d{1,9}(?:\.\d{1,9}){0,3}|\d{1,9}(?:\.\d{1,9}){2,3})(?:[-+][0-9A-Za-z][0-9A-Za-z.]{0,40})?(?![\w]))" +
        @"|(?<number>" + NotInName + @"(?<amount>\d{1,15}(?:\.\d{1,9})?)(?![\w]|[-.:/]\w))" +
        @"|(?<path>(?<![\p{L}\p{N}_./<:-])/[\p{L}\p{N}_\-./:{}*$~+%@]{0,300})" +
        @"|(?<short>(?<!\w)[wW]/o?(?=\s|$))" +
        @"|(?<word>[\p{L}\p{N}]{1,100}(?:'[\p{L}]{1,6}(?!\p{L}))?)" +
        @"|(?<symbol>->|=>|>=|<=|!=|==|=~|\.{2,3}|[<>=+&,;:?!()\[\]{}%~|/\-*#@.\n])",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    public static partial Regex Any();

    [GeneratedRegex(@"(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})")]
    public static partial Regex CamelBorder();
}

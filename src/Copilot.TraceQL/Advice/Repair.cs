using System.Text.RegularExpressions;

namespace Copilot.TraceQL.Advice;

/// <summary>One usual mistake: how it looks, what it becomes, and why.</summary>
internal sealed record Repair(string Hint, string Pattern, string Replacement)
{
    /// <summary>A bad query may be long; a repair that takes longer than this is not worth it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    private Regex? _regex;

    public Func<Match, string>? Replace { get; init; }

    private Regex Regex => _regex ??= new Regex(Pattern, RegexOptions.CultureInvariant, Limit);

    public string Apply(string text)
    {
        try
        {
            return Replace is { } replace ? Regex.Replace(text, match => replace(match)) : Regex.Replace(text, Replacement);
        }
        catch (RegexMatchTimeoutException)
        {
            return text;
        }
    }
}

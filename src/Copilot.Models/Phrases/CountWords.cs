using System.Text.RegularExpressions;

namespace Copilot.Models.Phrases;

/// <summary>Words that say what a count is of: all requests, or those that failed.</summary>
internal static partial class CountWords
{
    public const string Failed = "failed";
    public const string Requests = "requests";

    /// <summary>Of a column's head; null where it says neither.</summary>
    public static string? In(string head) =>
        FailedWord().IsMatch(head) ? Failed
        : RequestsWord().IsMatch(head) ? Requests
        : null;

    /// <summary>Of words in which it stands anywhere.</summary>
    public static string? Anywhere(string words) =>
        FailedWord().IsMatch(words) ? Failed
        : AnyRequests().IsMatch(words) ? Requests
        : null;

    /// <summary>Of what follows a number; null where it says neither.</summary>
    /// <param name="isWhole">The number is the whole of a part: "19 of 173 requests failed" counts all.</param>
    public static string? Behind(string after, bool isWhole)
    {
        if (FailuresBehind().IsMatch(after))
            return isWhole ? null : Failed;
        if (!RequestsBehind().IsMatch(after))
            return null;
        return !isWhole && FailedBehind().IsMatch(after) ? Failed : Requests;
    }

    [GeneratedRegex(
        @"\b(?:fail(?:ed|ures?)|errors?(?! rate)|fehler|fehlgeschlagen|échecs?|erreurs?|fall(?:os|idas)|errores)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex FailedWord();

    [GeneratedRegex(
        @"\b(?:requests|traffic|anfragen|verkehr|requêtes|trafic|peticiones|solicitudes|tráfico|request_count)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex AnyRequests();

    [GeneratedRegex(
        @"^\W*(?:requests|anfragen|requêtes|peticiones|solicitudes|traffic|count)\W*$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex RequestsWord();

    [GeneratedRegex(
        @"^[\s*]*(?:failures?|errors?|failed|fehler|échecs?|erreurs?|fallos|errores)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex FailuresBehind();

    [GeneratedRegex(@"^[\s*]*(?:requests?|anfragen|requêtes?|peticiones|solicitudes)\b", RegexOptions.IgnoreCase, PatternThresholds.OfPart)]
    private static partial Regex RequestsBehind();

    [GeneratedRegex(
        @"^[\s*]*\w+\s(?:(?:that|which|have|had|die|qui|ont|que)\s){0,2}(?:fail\w*|fehl\w*|schlugen|échou\w*|fall\w*)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex FailedBehind();
}

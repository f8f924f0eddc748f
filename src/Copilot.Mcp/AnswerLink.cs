using System.Globalization;
using Copilot.Answers.Contract;
using Copilot.TraceQL;

namespace Copilot.Mcp;

/// <summary>The page of the browser that shows what an answer is made of.</summary>
internal static class AnswerLink
{
    /// <param name="site">Where the client reached the app, such as <c>http://127.0.0.1:5080</c>.</param>
    public static string Of(string site, Answer? answer) => site + Path(answer);

    private static string Path(Answer? answer)
    {
        if (answer is null)
            return "/";
        if (answer.Result is TraceResult trace)
            return $"/trace/{trace.TraceId}";
        var window = answer.Understood.Window is { } over ? $"from={Time(over.From)}&to={Time(over.To)}" : string.Empty;
        return answer.Result switch
        {
            OwnersResult => "/owners",
            ChangesResult => Page("/changes", window),
            LogsResult => Page("/logs", window),
            ErrorsResult => Page("/errors", window),
            _ when Query(answer) is { } query => $"/traceql?q={Uri.EscapeDataString(query)}&{window}",
            _ => Page("/services", window),
        };
    }

    // What no page could run again is not linked as a query.
    private static string? Query(Answer answer) =>
        answer
            .Queries.Select(query => query.TraceQl)
            // Of measures that TraceQL has no words for, the spans are linked that they are of.
            .SelectMany(query => new[] { query, query.Split(" | ")[0] })
            .FirstOrDefault(query => query.Length <= McpThresholds.LinkedQuery && TraceQlParser.TryParse(query, out _, out _));

    private static string Page(string path, string window) => window.Length == 0 ? path : $"{path}?{window}";

    private static string Time(DateTimeOffset time) =>
        Uri.EscapeDataString(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture));
}

using Copilot.TraceQL;
using Copilot.TraceQL.Advice;

namespace Copilot.Cli.Querying;

/// <summary>Checks one query for a person: its printed form, or what is wrong with a mark under the place.</summary>
internal static class CheckText
{
    /// <returns>The exit code: 0 for a valid query, 1 for any other.</returns>
    public static async Task<int> RunAsync(string query, TextWriter output)
    {
        query = query.TrimEnd('\r', '\n');
        if (TraceQlParser.TryParse(query, out var parsed, out var error))
        {
            await output.WriteLineAsync(parsed.ToString());
            if (QueryAdvisor.Advise(query) is { } advice)
                await WriteAsync(output, $"But: {advice.Hint}.", advice.Fix);
            return 0;
        }

        await output.WriteLineAsync(error.ToString());
        await output.WriteLineAsync("  " + query.Split('\n')[error.Line - 1]);
        await output.WriteLineAsync(new string(' ', error.Column + 1) + "^");
        var advised = QueryAdvisor.WithAdvice(error, query);
        if (advised.Hint is not null)
            await WriteAsync(output, $"Hint: {advised.Hint}.", advised.Fix);
        return 1;
    }

    private static async Task WriteAsync(TextWriter output, string hint, string? fix)
    {
        await output.WriteLineAsync(hint);
        if (fix is not null)
            await output.WriteLineAsync($"Did you mean: {fix}");
    }
}

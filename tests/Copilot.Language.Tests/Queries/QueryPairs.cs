using System.Text.Json;

namespace Copilot.Language.Tests.Queries;

/// <summary>A request in plain words and the TraceQL that answers it.</summary>
internal sealed record QueryPair(int Id, string English, string TraceQl, string Kind)
{
    /// <summary>The rules were written while looking at three quarters; of this quarter nothing was looked at, it was only
    /// counted.</summary>
    public bool IsHeldOut => Id % 4 == 2;
}

/// <summary>The pairs beside the repository, at <c>../shared</c>.</summary>
internal static class QueryPairs
{
    public const string File = "shared/fixtures/traceql/nl_traceql_pairs.jsonl";

    public static IReadOnlyList<QueryPair> All() =>
        [
            .. System
                .IO.File.ReadLines(Material.Get(File))
                .Where(l => l.Length > 0)
                .Select(l => JsonDocument.Parse(l).RootElement)
                .Select(e => new QueryPair(
                    e.GetProperty("id").GetInt32(),
                    e.GetProperty("english").GetString()!,
                    e.GetProperty("traceql").GetString()!,
                    e.GetProperty("kind").GetString()!
                )),
        ];
}

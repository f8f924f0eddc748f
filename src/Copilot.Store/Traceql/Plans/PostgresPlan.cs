using System.Text.Json;
using Npgsql;

namespace Copilot.Store.Traceql.Plans;

/// <summary>Asks Postgres how it would run a statement, without running it.</summary>
internal static class PostgresPlan
{
    private static readonly Dictionary<string, string> IndexWords = new()
    {
        ["trace_id_span_id"] = "by trace id",
        ["service_id_start"] = "by service and start",
        ["start_ns_idx"] = "by start, of roots or failed spans alone",
    };

    /// <summary>The ways in which partitions of spans are read, in words, and the indexes used.</summary>
    public static async Task<(IReadOnlyList<string> Words, IReadOnlyList<string> Indexes)> ReadAsync(
        NpgsqlCommand command,
        NpgsqlDataSource source,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        command.Connection = connection;
        command.CommandText = "explain (format json) " + command.CommandText;
        var text = (string)(await command.ExecuteScalarAsync(cancellationToken))!;
        using var plan = JsonDocument.Parse(text);
        var scans = new List<(string Relation, string? Index)>();
        Collect(plan.RootElement[0].GetProperty("Plan"), scans);
        var spans = scans.Where(s => s.Relation.StartsWith("spans", StringComparison.Ordinal)).Distinct().ToList();
        var words = spans.Where(s => s.Index is null).Select(s => s.Relation).ToList() is { Count: > 0 } whole
            ? new List<string> { $"reads {Listed(whole)} from end to end" }
            : [];
        words.AddRange(
            spans
                .Where(s => s.Index is not null)
                .GroupBy(s => Described(s.Index!))
                .Select(g => $"finds spans {g.Key} in {Listed([.. g.Select(s => s.Relation)])}")
        );
        return (words, spans.Select(s => s.Index).OfType<string>().Distinct().ToList());
    }

    private static void Collect(JsonElement node, List<(string, string?)> scans)
    {
        var index = node.TryGetProperty("Index Name", out var name) ? name.GetString() : null;
        if (node.TryGetProperty("Relation Name", out var relation) && node.GetProperty("Node Type").GetString() != "Bitmap Heap Scan")
            scans.Add((relation.GetString()!, index));
        else if (index is not null)
            scans.Add(("spans (" + index + ")", index));
        if (!node.TryGetProperty("Plans", out var children))
            return;
        foreach (var child in children.EnumerateArray())
            Collect(child, scans);
    }

    private static string Described(string index) =>
        IndexWords.FirstOrDefault(w => index.Contains(w.Key, StringComparison.Ordinal)).Value ?? $"by the index {index}";

    private static string Listed(List<string> relations) =>
        relations.Count <= 3 ? string.Join(", ", relations) : $"{relations[0]}, {relations[1]} and {relations.Count - 2} more partitions";
}

using System.Text.Json;
using Copilot.Incidents.Guide;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Readers;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Incidents.Tests.Guide;

public sealed class RunbookIndexTests(ITestOutputHelper output)
{
    [RequiresFact("shared/fixtures/runbooks/queries.jsonl")]
    public void Finds_the_runbook_that_people_mean()
    {
        var root = Material.Get("shared/fixtures/runbooks");
        var runbooks = Directory
            .EnumerateFiles(root, "*.md", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith("SOURCES.md", StringComparison.Ordinal))
            .Select(path => CatalogReader.Read(new CatalogFile(Path.GetRelativePath(root, path), File.ReadAllText(path))).Runbook!)
            .ToArray();
        var index = new RunbookIndex(runbooks);
        int first = 0,
            firstFive = 0,
            answerable = 0;
        foreach (var line in File.ReadLines(Path.Combine(root, "queries.jsonl")))
        {
            var query = JsonDocument.Parse(line).RootElement;
            var relevant = query.GetProperty("relevant").EnumerateArray().Select(path => path.GetString()!).ToHashSet();
            var hits = index.Search(query.GetProperty("query").GetString()!).Take(5).Select(hit => hit.Runbook.Path).ToArray();
            if (relevant.Count == 0)
            {
                output.WriteLine($"nothing fits \"{query.GetProperty("query").GetString()}\": {hits.Length} hits");
                continue;
            }

            answerable++;
            first += hits.Take(1).Count(relevant.Contains);
            firstFive += hits.Any(relevant.Contains) ? 1 : 0;
            if (!relevant.Contains(hits[0]))
                output.WriteLine($"{query.GetProperty("query").GetString()}: {string.Join(", ", hits)}");
        }

        output.WriteLine($"accepted runbook first {first}/{answerable}, among the first five {firstFive}/{answerable}");
        Assert.True(first >= 0.85 * answerable && firstFive >= 0.95 * answerable);
    }
}

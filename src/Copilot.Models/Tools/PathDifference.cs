using System.Text.Json.Nodes;
using Copilot.Answers.Contract;
using Copilot.Models.Audit;

namespace Copilot.Models.Tools;

/// <summary>The critical paths of two traces, step beside step, the greatest difference first.</summary>
internal static class PathDifference
{
    public static IReadOnlyList<JsonNode> Of(TraceResult first, TraceResult second)
    {
        var (left, right) = (Steps(first), Steps(second));
        return
        [
            .. left
                .Keys.Union(right.Keys)
                .Select(step => (step, First: left.GetValueOrDefault(step), Second: right.GetValueOrDefault(step)))
                .OrderByDescending(row => Math.Abs(row.Second - row.First))
                .ThenBy(row => row.step.Service, StringComparer.Ordinal)
                .Select(row =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["service"] = KnownText.Leaf(row.step.Service, KnownAs.Service),
                            ["operation"] = KnownText.Leaf(SpanTable.Quoted(row.step.Operation), KnownAs.Operation),
                            ["firstMs"] = Math.Round(row.First, 3),
                            ["secondMs"] = Math.Round(row.Second, 3),
                            ["differenceMs"] = Math.Round(row.Second - row.First, 3),
                        }
                ),
        ];
    }

    private static Dictionary<(string Service, string Operation), double> Steps(TraceResult trace) =>
        trace
            .CriticalPath.GroupBy(step => (step.Service, step.Operation))
            .ToDictionary(step => step.Key, step => step.Sum(own => own.SelfMs));
}

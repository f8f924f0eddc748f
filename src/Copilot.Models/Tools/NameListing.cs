using System.Text.Json.Nodes;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Models.Audit;
using Copilot.Telemetry.Text;

namespace Copilot.Models.Tools;

/// <summary>The names that there are, as far as they hold a text: what the other tools can be asked about.</summary>
/// <param name="service">Only what this one has; null for all.</param>
internal sealed class NameListing(KnownNames catalogue, string text, string? service)
{
    public ToolResult Services(Page page)
    {
        var operations = catalogue.Operations.Where(operation => operation.Entry).ToLookup(operation => operation.Service);
        var found = catalogue
            .Services.Where(known => service is null || known.Name == service)
            .Where(known =>
                Holds(known.Name) || known.Aliases.Any(Holds) || operations[known.Name].Any(operation => Holds(operation.Name))
            );
        return Paged(
            "services",
            found,
            page,
            known => new JsonObject
            {
                ["service"] = KnownText.Leaf(known.Name, KnownAs.Service),
                ["instrumented"] = known.Instrumented,
                ["operations"] = KnownText.List(
                    operations[known.Name]
                        .OrderByDescending(operation => text.Length > 0 && Holds(operation.Name))
                        .Take(text.Length > 0 || service is not null ? ToolThresholds.Names : ToolThresholds.OperationsEach)
                        .Select(operation => operation.Name),
                    KnownAs.Operation
                ),
            }
        );
    }

    public ToolResult Attributes(Page page)
    {
        var values = catalogue.Values.ToLookup(value => (value.Scope, value.Key));
        var found = catalogue
            .Attributes.Where(attribute => service is null || attribute.Service == service)
            .Select(attribute => (attribute.Scope, attribute.Key, attribute.Type))
            .DistinctBy(attribute => (attribute.Scope, attribute.Key))
            .Where(attribute => Holds(attribute.Key) || values[(attribute.Scope, attribute.Key)].Any(value => Holds(value.Value)));
        return Paged(
            "attributes",
            found,
            page,
            attribute => new JsonObject
            {
                ["attribute"] = KnownText.Leaf(PlanFilter.Field(attribute.Scope, attribute.Key), KnownAs.Attribute),
                ["type"] = KnownText.Leaf(attribute.Type, KnownAs.Word),
                ["values"] = new JsonArray([
                    .. values[(attribute.Scope, attribute.Key)]
                        .OrderByDescending(value => text.Length > 0 && Holds(value.Value))
                        .ThenByDescending(value => value.Seen)
                        .Select(value => value.Value)
                        .Distinct(StringComparer.Ordinal)
                        .Take(ToolThresholds.ValuesEach)
                        .Select(value => (JsonNode)Short(value)),
                ]),
            }
        );
    }

    public ToolResult Metrics(Page page) =>
        Paged(
            "metrics",
            catalogue.Metrics.Where(metric => (service is null || metric.Services.Contains(service)) && Holds(metric.Name)),
            page,
            metric => new JsonObject
            {
                ["metric"] = KnownText.Leaf(metric.Name, KnownAs.Attribute),
                ["sort"] = KnownText.Leaf(metric.Kind, KnownAs.Word),
                ["unit"] = metric.Unit,
                ["services"] = KnownText.List(metric.Services.Take(ToolThresholds.OperationsEach), KnownAs.Service),
            }
        );

    public ToolResult Teams(Page page) =>
        Paged("teams", catalogue.Teams.Where(Holds), page, team => new JsonObject { ["team"] = KnownText.Leaf(team, KnownAs.Team) });

    private static ToolResult Paged<T>(string name, IEnumerable<T> found, Page page, Func<T, JsonNode> shown)
    {
        var all = found.ToList();
        return all.Count == 0
            ? ToolResult.None($"There are no {name} with such a name.")
            : ToolResult.List(
                name,
                [.. all.Skip(page.Offset).Take(ToolThresholds.Names).Select(shown)],
                all.Count,
                "narrow by a part of the name",
                page
            );
    }

    private static string Short(string value) =>
        value.Length > ToolThresholds.Value ? TextStart.Of(value, ToolThresholds.Value) + "…" : value;

    private bool Holds(string name) => text.Length == 0 || name.Contains(text, StringComparison.OrdinalIgnoreCase);
}

using System.Text.Json.Nodes;
using Copilot.Answers.Contract;
using Copilot.Models.Audit;

namespace Copilot.Models.Tools;

/// <summary>What an answer's words say beyond its data, as typed members of a result that no model reads: what its own words may be held
/// against.</summary>
internal static class StatedTable
{
    /// <summary>The member of a result that is not written out.</summary>
    public const string Member = "stated";

    /// <summary>Services that take part, besides the one that it is about.</summary>
    public const string Reached = "reached";

    public static JsonArray? Of(IReadOnlyList<Statement> statements) =>
        statements.Count == 0 ? null : new JsonArray([.. statements.Select(statement => (JsonNode)Of(statement))]);

    private static JsonObject Of(Statement statement)
    {
        var members = new JsonObject
        {
            ["service"] = KnownText.Leaf(statement.Service, KnownAs.Service),
            ["operation"] = KnownText.Leaf(statement.Operation, KnownAs.Operation),
            [Reached] = statement.Others.Count == 0 ? null : KnownText.List(statement.Others, KnownAs.Service),
            ["attribute"] = KnownText.Leaf(statement.Attribute, KnownAs.Attribute),
            ["value"] = statement.Value,
            ["version"] = KnownText.Leaf(statement.Version, KnownAs.Version),
            ["role"] = KnownText.Leaf(statement.Role, KnownAs.Word),
            ["ongoing"] = statement.Ongoing,
        };
        foreach (var (role, time) in statement.Times)
            members[role] = KnownText.Time(time);
        foreach (var side in statement.Figures.GroupBy(figure => figure.IsBefore))
        {
            var figures = new JsonArray([
                .. side.Select(figure =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["name"] = KnownText.Leaf(figure.Measure, KnownAs.Word),
                            ["value"] = figure.Value,
                            ["unit"] = KnownText.Leaf(figure.Unit, KnownAs.Word),
                        }
                ),
            ]);
            if (side.Key)
                members["before"] = new JsonObject { ["figures"] = figures };
            else if (statement.Figures.Any(figure => figure.IsBefore))
                members["now"] = new JsonObject { ["figures"] = figures };
            else
                members["figures"] = figures;
        }

        foreach (var empty in members.Where(member => member.Value is null).Select(member => member.Key).ToList())
            members.Remove(empty);
        return members;
    }
}

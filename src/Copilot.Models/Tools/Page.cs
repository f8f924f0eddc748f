using System.Globalization;
using System.Text.Json.Nodes;
using Copilot.Models.Audit;

namespace Copilot.Models.Tools;

/// <summary>Which rows of a result are wanted, and how it is told which they are.</summary>
/// <param name="Offset">Rows left out before the first.</param>
/// <param name="Limit">How many were asked for; null for the usual.</param>
/// <param name="Applied">The read left them out itself; else the result still holds them.</param>
internal sealed record Page(int Offset, int? Limit, bool Applied)
{
    public static readonly Page First = new(0, null, false);

    /// <exception cref="ArgumentException">It is no cursor, or no number of rows.</exception>
    public static Page Of(int? limit, string? cursor, bool applied = false) =>
        limit is <= 0
            ? throw new ArgumentException("'limit' must be 1 or more.")
            : new Page(ToolArguments.Cursor(cursor), limit is { } most ? Math.Min(most, ToolThresholds.MostRows) : null, applied);

    /// <summary>How many rows a model gets to see at most.</summary>
    public int Shown(bool series) => Limit ?? (series ? ToolThresholds.Points : ToolThresholds.Items);

    /// <summary>Total, shown, whether something is left out, and how to get at it.</summary>
    /// <param name="total">Null where nobody counted what comes after.</param>
    public JsonObject Told(int shown, long? total, string narrow)
    {
        var next = Offset + shown;
        var truncated = total is { } all ? next < all : Limit == shown;
        var told = new JsonObject
        {
            ["total"] = total,
            ["shown"] = shown,
            ["truncated"] = truncated,
        };
        if (truncated)
        {
            told["cursor"] = KnownText.Leaf(next.ToString(CultureInfo.InvariantCulture), KnownAs.Word);
            told["more"] = KnownText.Leaf($"the same call with this cursor, or {narrow}", KnownAs.Told);
        }

        return told;
    }
}

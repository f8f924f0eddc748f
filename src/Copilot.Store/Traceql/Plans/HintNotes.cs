using Copilot.TraceQL.Checking;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Traceql.Plans;

/// <summary>What becomes of each hint of <c>with (…)</c>: a hint that changes nothing is told wherever the query is answered.</summary>
public static class HintNotes
{
    /// <summary>How many exemplars <c>exemplars=true</c> asks for.</summary>
    public const int UsualExemplars = 100;

    private const string MostRecent = "most_recent";
    private const string Exemplars = "exemplars";

    private static readonly string[] Known = [MostRecent, Exemplars, "sample", "span_sample", "trace_sample", "extrapolate"];

    /// <summary>The hints that are not followed, and why that is.</summary>
    public static IReadOnlyList<string> NotFollowed(TraceQlQuery query) =>
        [.. All(query).Where(note => !note.Followed).Select(note => note.Text)];

    internal static IEnumerable<(string Text, bool Followed)> All(TraceQlQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Hints.Select(hint => Of(hint, query.Metrics is not null));
    }

    internal static bool MostRecentFirst(TraceQlQuery query) =>
        query.Hints.Any(h => h is { Name: MostRecent, Value: { Kind: LiteralKind.Boolean, Integer: not 0 } });

    /// <summary>How many exemplars the query itself asks for; null where it says nothing of them.</summary>
    internal static int? ExemplarsOf(TraceQlQuery query) =>
        query.Hints.LastOrDefault(h => h.Name == Exemplars)?.Value switch
        {
            { Kind: LiteralKind.Boolean } wanted => wanted.Integer != 0 ? UsualExemplars : 0,
            { Kind: LiteralKind.Integer } count => (int)Math.Clamp(count.Integer, 0, SeriesRequest.MaxExemplars),
            _ => null,
        };

    private static (string Text, bool Followed) Of(Hint hint, bool series) =>
        hint switch
        {
            { Name: MostRecent } when series => ("most_recent: it orders traces; series have no use for it", false),
            { Name: MostRecent, Value.Kind: not LiteralKind.Boolean } => ("most_recent: it takes true or false", false),
            { Name: MostRecent, Value.Integer: 0 } => ("most_recent: the traces with the latest match come first all the same", true),
            { Name: MostRecent } => ("most_recent: the traces that began last, latest first", true),
            { Name: Exemplars } when !series => ("exemplars: only series have them", false),
            { Name: Exemplars, Value.Kind: not (LiteralKind.Boolean or LiteralKind.Integer) } => (
                "exemplars: it takes true, false or how many",
                false
            ),
            { Name: Exemplars } => ("exemplars: spans of the series are given with them", true),
            { Name: "sample" or "span_sample" or "trace_sample" } => ($"{hint.Name}: nothing is sampled, every span is counted", false),
            { Name: "extrapolate" } => (
                "extrapolate: what senders sampled away before sending is not made up for; every span counts as it was received",
                false
            ),
            _ when DidYouMean.Closest(hint.Name, Known) is { } meant => (
                $"{hint.Name}: there is no such hint; did you mean {meant}?",
                false
            ),
            _ => ($"{hint.Name}: there is no such hint; known are {string.Join(", ", Known)}", false),
        };
}

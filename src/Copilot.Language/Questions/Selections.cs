using Copilot.Telemetry.Records;

namespace Copilot.Language.Questions;

public enum BreakdownPopulation
{
    Failed,

    /// <summary>Requests above the mean of their service and operation.</summary>
    Slow,

    /// <summary>All requests: a plain count by value.</summary>
    All,

    /// <summary>Neither is said: what is clearly worse in the window decides, failed before slow.</summary>
    Bad,
}

/// <summary>What is broken down and by what.</summary>
/// <param name="Population">Which requests are the bad ones.</param>
/// <param name="Attributes">The attribute that the question names, its likeliest key first ("pod": k8s.pod.name, service.instance.id);
/// empty: find
/// what sets the bad requests apart.</param>
/// <param name="Named">The question names the attribute, so values are sorted by count.</param>
public sealed record PlannedBreakdown(BreakdownPopulation Population, IReadOnlyList<AttributeName> Attributes, bool Named);

/// <summary>Which of the things that send no spans are asked about.</summary>
/// <param name="Sort">Databases, brokers, third parties, or any.</param>
/// <param name="Systems">Values of db.system or messaging.system ("postgresql"); any where empty.</param>
/// <param name="Own">One measure of its own is asked for, which something without spans does not have.</param>
public sealed record PlannedPeers(PeerSort Sort, IReadOnlyList<string> Systems, bool Own = false);

/// <summary>What operations or services are ranked by.</summary>
/// <param name="By">The measure.</param>
/// <param name="Limit">How many; null where the question gives no number.</param>
/// <param name="Ascending">"Fastest", "least busy".</param>
/// <param name="Threshold">Only those above (or, ascending, below) this value, in the measure's unit; null for all.</param>
public sealed record PlannedRanking(Measure By, int? Limit, bool Ascending = false, double? Threshold = null);

/// <summary>Which changes.</summary>
public sealed record ChangeSelection
{
    /// <summary>deploy, rollback, flag, config, scale, …; empty for all. Each stands for every kind that contains it: "flag" for
    /// feature_flag.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Kinds that are not meant, told as <see cref="Kinds"/> are.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The change behind some trouble is asked for: the cause is looked for first, then what changed there shortly before the
    /// window.</summary>
    public bool BehindTrouble { get; init; }

    /// <summary>What came before some trouble at <see cref="NearNs"/> is asked for, whoever changed it; the services that are named are
    /// those in trouble.</summary>
    public bool BeforeTrouble { get; init; }

    /// <summary>The time that the changes should be close to, in nanoseconds; nearest ones matter most.</summary>
    public long? NearNs { get; init; }

    /// <summary>A version that the change brought in.</summary>
    public string? Version { get; init; }

    /// <summary>How many are asked for ("the last deploy"): the newest.</summary>
    public int? Limit { get; init; }

    /// <summary>Who made it; a name or an address as in the catalogue.</summary>
    public string? Author { get; init; }
}

/// <summary>Which log records and what of them.</summary>
public sealed record LogSelection
{
    public LogShape Shape { get; init; }

    /// <summary>Text that the body or the exception contains, ignoring case; null for any.</summary>
    public string? Text { get; init; }

    /// <summary>Lower bound of severityNumber: 17 error, 13 warning, 21 fatal; null for any.</summary>
    public int? MinSeverity { get; init; }

    /// <summary>Exclusive upper bound of severityNumber; null for none.</summary>
    public int? BelowSeverity { get; init; }

    public int? Limit { get; init; }
}

public enum LogShape
{
    List,
    Count,
    Services,
}

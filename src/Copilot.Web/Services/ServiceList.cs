namespace Copilot.Web.Services;

/// <summary>The list as the reader wants it: found, filtered, ordered, grouped.</summary>
/// <param name="Find">Part of a service's or team's name.</param>
/// <param name="Show">failing, trouble, silent, unowned, peers; else every service.</param>
/// <param name="Order">The worst, most or first of it first; turned round where <paramref name="Turned"/>.</param>
public sealed record ServiceList(string Find, string Show, ServiceOrder Order, bool Turned, bool ByTeam)
{
    /// <summary>From this share on somebody should look.</summary>
    public const double Failing = 0.01;

    public IReadOnlyList<ServiceLine> Of(IReadOnlyList<ServiceRow> services, IReadOnlyList<ServiceRow> peers)
    {
        var wanted = (Show == "peers" ? peers : services).Where(IsShown).Where(IsFound);
        if (!ByTeam)
            return [.. Ordered(wanted).Select(row => new ServiceLine(row, null, 0))];
        return
        [
            .. wanted
                .GroupBy(row => row.Team, StringComparer.OrdinalIgnoreCase)
                .OrderBy(team => team.Key is null)
                .ThenByDescending(team => team.Any(row => row.Trouble is not null))
                .ThenBy(team => team.Key, StringComparer.OrdinalIgnoreCase)
                .SelectMany(team =>
                    Ordered(team)
                        .Select(row => new ServiceLine(row, null, 0))
                        .Prepend(new ServiceLine(null, team.Key ?? "without an owner", team.Count()))
                ),
        ];
    }

    private bool IsShown(ServiceRow row) =>
        Show switch
        {
            "failing" => row.ErrorRate >= Failing,
            "trouble" => row.Trouble is not null,
            "silent" => row.IsSilent,
            "unowned" => row.Team is null,
            _ => true,
        };

    private bool IsFound(ServiceRow row) =>
        Find.Trim() is not { Length: > 0 } find
        || row.Service.Contains(find, StringComparison.OrdinalIgnoreCase)
        || row.Team?.Contains(find, StringComparison.OrdinalIgnoreCase) == true;

    private IEnumerable<ServiceRow> Ordered(IEnumerable<ServiceRow> rows)
    {
        IOrderedEnumerable<ServiceRow> ordered = Order switch
        {
            ServiceOrder.Name => By(row => row.Service, down: false, StringComparer.OrdinalIgnoreCase),
            ServiceOrder.Owner => By(row => row.Team ?? "\uffff", down: false, StringComparer.OrdinalIgnoreCase),
            ServiceOrder.Rate => By(row => row.Rate, down: true),
            ServiceOrder.Errors => By(row => row.ErrorRate ?? -1, down: true),
            ServiceOrder.Latency => By(row => row.P95Ms ?? -1, down: true),
            _ => By(Weight, down: true),
        };
        return ordered.ThenByDescending(row => row.Rate).ThenBy(row => row.Service, StringComparer.Ordinal);

        IOrderedEnumerable<ServiceRow> By<T>(Func<ServiceRow, T> key, bool down, IComparer<T>? comparer = null) =>
            down != Turned ? rows.OrderByDescending(key, comparer) : rows.OrderBy(key, comparer);
    }

    /// <summary>What causes a trouble before what only suffers from it, both before what fails.</summary>
    private static double Weight(ServiceRow row) =>
        (
            row.IsCause ? 20
            : row.Trouble is null ? 0
            : 10
        ) + (row.ErrorRate >= Failing ? 1 + row.ErrorRate.Value : 0);
}

/// <summary>A service, or the heading of a team's.</summary>
/// <param name="Count">How many stand below the heading.</param>
public sealed record ServiceLine(ServiceRow? Row, string? Team, int Count);

using System.Globalization;
using Copilot.Ownership.Owners;
using Copilot.Store;
using Copilot.Store.Incidents;
using Copilot.Store.Reads.Topology;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Record;

/// <summary>What past incidents tell: those that look alike, and how often and how long things were broken.</summary>
public sealed class IncidentHistory(
    IDbContextFactory<CopilotContext> contexts,
    ChangeReads changes,
    IOwnership ownership,
    TimeProvider time
)
{
    /// <summary>Most alike first.</summary>
    public async Task<IReadOnlyList<SimilarIncident>> SimilarAsync(Incident incident, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var self = await context.Set<IncidentRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == incident.Id, cancellationToken);
        if (self is null)
            return [];
        var others = await context
            .Set<IncidentRow>()
            .AsNoTracking()
            .Where(row => row.Id != self.Id && row.CreatedAt <= self.CreatedAt)
            .OrderByDescending(row => row.CreatedAt)
            .Take(SimilarityThresholds.MostCompared)
            .ToListAsync(cancellationToken);
        return
        [
            .. others
                .Select(other => Compare(self, other))
                .Where(item => item.Score >= SimilarityThresholds.Least)
                .OrderByDescending(item => item.Score)
                .ThenByDescending(item => item.At)
                .Take(SimilarityThresholds.MostTold),
        ];
    }

    /// <summary>The measures from one time to another; null for the team of all.</summary>
    public async Task<IncidentMeasures> MeasureAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        string? team,
        CancellationToken cancellationToken
    )
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context
            .Set<IncidentRow>()
            .AsNoTracking()
            .Where(row => row.WindowFrom >= from && row.WindowFrom < to)
            .ToListAsync(cancellationToken);
        var made = await changes.FindAsync(
            new ChangeFilter
            {
                From = from,
                To = to,
                Limit = SimilarityThresholds.MostChanges,
            },
            cancellationToken
        );
        var owners = await ownership.CurrentAsync(cancellationToken);
        var now = time.GetUtcNow();
        var teams = made.Select(change => change.Service)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(service => service, service => owners.OwnerOf(service, now).Team, StringComparer.Ordinal);
        var incidents = rows.Where(row => team is null || row.Teams.Contains(team, StringComparer.OrdinalIgnoreCase))
            .Select(row => new MeasuredIncident(
                row.WindowFrom,
                row.ResolvedAt,
                row.Teams,
                row is { ChangeAt: { } at, ChangeService: { } service } ? (service, at) : null
            ))
            .ToArray();
        // What was done to mend an incident is no change that could have failed: a rollback would halve the failure rate.
        var counted = made.Where(change => team is null || string.Equals(teams[change.Service], team, StringComparison.OrdinalIgnoreCase))
            .Where(change => !rows.Any(row => Mends(row, change)))
            .Select(change => (change.Time, change.Service))
            .ToArray();
        return IncidentMeasures.Of(incidents, counted, from, to, service => teams.GetValueOrDefault(service));
    }

    private static bool Mends(IncidentRow incident, Change change) =>
        change.Time > (incident.ChangeAt ?? incident.WindowFrom)
        && change.Time >= incident.WindowFrom
        && change.Time <= (incident.ResolvedAt ?? incident.WindowTo)
        && incident.Causes.Contains(change.Service, StringComparer.OrdinalIgnoreCase);

    private static SimilarIncident Compare(IncidentRow self, IncidentRow other)
    {
        var (score, reasons) = (0.0, new List<string>());
        var causes = self.Causes.Intersect(other.Causes, StringComparer.OrdinalIgnoreCase).ToArray();
        if (causes.Length > 0)
        {
            score += SimilarityThresholds.SameCause;
            reasons.Add($"the same cause, {causes[0]}");
            if (self.Operation is not null && self.Operation == other.Operation)
            {
                score += SimilarityThresholds.SameOperation;
                reasons.Add($"the same operation, {self.Operation}");
            }
        }

        if (self.CauseKind is { } kind && kind == other.CauseKind)
        {
            score += SimilarityThresholds.SameKind;
            reasons.Add($"the same kind of trouble, {kind.Word()}");
        }

        if (self.ChangeKind is not null && self.ChangeKind == other.ChangeKind)
        {
            score += SimilarityThresholds.SameChange;
            reasons.Add(
                self.ChangeVersion is not null && self.ChangeVersion == other.ChangeVersion && self.ChangeService == other.ChangeService
                    ? $"the same {self.ChangeKind}, {self.ChangeVersion}"
                    : $"after a {self.ChangeKind} too"
            );
        }

        var both = self.Affected.Intersect(other.Affected, StringComparer.OrdinalIgnoreCase).Count();
        var all = self.Affected.Union(other.Affected, StringComparer.OrdinalIgnoreCase).Count();
        if (both > 0)
        {
            score += SimilarityThresholds.SameServices * both / all;
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{both} of {all} affected services in common"));
        }

        return new SimilarIncident(
            other.Id,
            other.Number,
            other.Title,
            other.CreatedAt,
            Math.Min(1, score),
            string.Join("; ", reasons),
            other.ResolvedAt >= other.WindowFrom ? other.ResolvedAt - other.WindowFrom : null
        );
    }
}

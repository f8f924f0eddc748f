using Copilot.Store.Intake;
using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Samples;

/// <summary>Counts the requests of a few services in steps of seconds, out of the spans themselves: minutes are too coarse to tell when
/// something began and whether it is over.</summary>
public sealed class ServiceStepReads(CopilotDatabase database)
{
    /// <param name="window">A span counts that starts in it.</param>
    /// <param name="stepNs">Steps from the window's start.</param>
    /// <param name="slowAboveNs">The services, each with the duration above which its requests count as slow.</param>
    /// <returns>Only steps with requests, in no order.</returns>
    public async Task<IReadOnlyList<ServiceStep>> ReadAsync(
        TimeWindow window,
        long stepNs,
        IReadOnlyDictionary<string, long> slowAboveNs,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.DataSource.CreateCommand(
            $"""
            select v.name, (s.start_ns - $1) / $3, count(*), count(*) filter (where {FailedSpans.Condition("s")}),
              count(*) filter (where s.duration_ns > g.slow)
            from unnest($4, $5) as g (name, slow) join services v on v.name = g.name
            join spans s on s.service_id = v.id and s.entry and s.start_ns >= $1 and s.start_ns < $2
            group by 1, 2
            """
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.FromNs });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.ToNs });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = stepNs });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. slowAboveNs.Keys] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. slowAboveNs.Values] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var steps = new List<ServiceStep>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var fromNs = window.FromNs + (reader.GetInt64(1) * stepNs);
            steps.Add(new ServiceStep(reader.GetString(0), fromNs, reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4)));
        }

        return steps;
    }
}

/// <summary>A service's requests that start in one step.</summary>
/// <param name="FromNs">When the step starts.</param>
/// <param name="Slow">How many took longer than the service's limit.</param>
public readonly record struct ServiceStep(string Service, long FromNs, long Requests, long Failed, long Slow);

using Copilot.Store.Commands;
using Npgsql;

namespace Copilot.Store.Instrumentation;

/// <summary>One step of instrumenting: who did what to which services, when, and how it is taken back.</summary>
public sealed record InstrumentationStep
{
    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    public required string What { get; init; }

    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The words or the command that take it back; null where nobody said.</summary>
    public string? Undo { get; init; }
}

/// <summary>The record of steps. It is only added to.</summary>
public sealed class InstrumentationSteps(CopilotDatabase database)
{
    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<InstrumentationStep>> LatestAsync(int most, CancellationToken cancellationToken)
    {
        Sql sql = $"select at, by_whom, what, services, undo from instrumentation_steps order by at desc, id desc limit {most}";
        return await database.QueryAsync(
            sql,
            reader => new InstrumentationStep
            {
                At = reader.GetFieldValue<DateTimeOffset>(0),
                By = reader.GetString(1),
                What = reader.GetString(2),
                Services = reader.GetFieldValue<string[]>(3),
                Undo = reader.Text(4),
            },
            cancellationToken
        );
    }

    public async Task AddAsync(InstrumentationStep step, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(
            "insert into instrumentation_steps (at, by_whom, what, services, undo) values ($1, $2, $3, $4, $5)"
        );
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = step.At.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = step.By });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = step.What });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. step.Services] });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = step.Undo });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

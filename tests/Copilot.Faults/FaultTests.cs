using System.Diagnostics;
using Xunit;

namespace Copilot.Faults;

/// <summary>
/// Load through a fault, against the real app and a durable Postgres: in the end all that was sent is acknowledged, stored once
/// and counted once, and the intake went on without anyone's help.
/// </summary>
public sealed class FaultTests(FaultTable table) : IClassFixture<FaultTable>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>How soon a write that hangs for good has to be over with: its limit of 15 s, and as much again to end it.</summary>
    private static readonly TimeSpan Rescue = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(4);

    [Fact]
    public Task Postgres_is_killed() =>
        RunAsync(
            "kill -9 of Postgres",
            async (app, load) =>
            {
                RunningApp.Signal("KILL", app.ServerProcess);
                await load.FlowsAsync(Patience);
            }
        );

    [Fact]
    public Task A_backend_of_Postgres_is_killed() =>
        RunAsync(
            "kill -9 of one Postgres backend",
            async (app, load) =>
            {
                RunningApp.Signal("KILL", await WriterAsync(app));
                await load.FlowsAsync(Patience);
            }
        );

    [Fact]
    public Task The_app_is_killed_and_started_again() =>
        RunAsync(
            "kill -9 of the app",
            async (app, load) =>
            {
                var server = app.ServerProcess;
                await app.KillAsync();
                await app.StartAsync();
                await load.FlowsAsync(Patience);
                // Taken over, not replaced: one server on the data throughout.
                Assert.Equal(server, app.ServerProcess);
            }
        );

    /// <summary>
    /// Longer than a command may take, so that the writer gives up on it while its transaction still holds what it wrote:
    /// nothing may be lost or doubled when it comes back to life.
    /// </summary>
    [Fact]
    public Task A_connection_hangs() =>
        RunAsync(
            "a writer's connection hangs for 40 s",
            async (app, load) =>
            {
                var writer = await WriterAsync(app);
                RunningApp.Signal("STOP", writer);
                try
                {
                    await Task.Delay(TimeSpan.FromSeconds(40));
                }
                finally
                {
                    RunningApp.Signal("CONT", writer);
                }

                await load.FlowsAsync(Patience);
            }
        );

    /// <summary>Nobody ever wakes it up: the app has to notice, and to end what holds the others.</summary>
    [Fact]
    public Task A_connection_hangs_for_ever() =>
        RunAsync(
            "a writer's connection hangs for ever",
            async (app, load) =>
            {
                var writer = await WriterAsync(app);
                RunningApp.Signal("STOP", writer);
                var waited = Stopwatch.StartNew();
                while (RunningApp.Runs(writer))
                {
                    Assert.True(waited.Elapsed < Rescue, $"Process {writer} still hangs after {Rescue.TotalSeconds:0} s.");
                    await Task.Delay(TimeSpan.FromMilliseconds(250));
                }

                await load.FlowsAsync(Patience);
                Assert.True(load.LongestSilence < Rescue, $"Nothing flowed for {load.LongestSilence.TotalSeconds:0.0} s.");
            }
        );

    [Fact]
    public async Task The_disk_is_full()
    {
        using var disk = SmallDisk.TryMount(700);
        if (disk is null)
        {
            Console.WriteLine("SKIPPED: the full disk needs root, to mount a small file system.");
            return;
        }

        await RunAsync(
            "full disk for 10 s (from when there is room again)",
            async (_, load) =>
            {
                disk.Fill();
                await Task.Delay(TimeSpan.FromSeconds(10));
                var refused = load.Failures;
                disk.Empty();
                load.Mark();
                await load.FlowsAsync(Patience);
                Assert.True(refused > 0, "The disk was never full.");
            },
            disk.Folder
        );
    }

    private async Task RunAsync(string name, Func<RunningApp, Load, Task> fault, string? folder = null)
    {
        var temporary = folder is null ? Directory.CreateTempSubdirectory("copilot-faults-").FullName : null;
        try
        {
            await using var app = new RunningApp(folder ?? temporary!);
            await app.StartAsync();
            await using var load = new Load(app.Port);
            await load.FlowsAsync(Patience);
            await Task.Delay(Steady);
            load.Mark();
            await fault(app, load);
            await Task.Delay(Steady);
            await load.DrainAsync(Patience);

            var stored = await app.AskAsync<long>(
                $"select count(distinct (trace_id, span_id)) from spans where service_id = (select id from services where name = '{Load.Service}')"
            );
            var rows = await app.AskAsync<long>(
                $"select count(*) from spans where service_id = (select id from services where name = '{Load.Service}')"
            );
            var rollups = await app.AskAsync<decimal>(
                $"""
                select coalesce(sum(count), 0) from (select service_id, count from span_rollup_deltas union all select service_id, count from span_rollup_minutes) counted
                where service_id = (select id from services where name = '{Load.Service}')
                """
            );
            table.Add(name, load.Sent, load.Acknowledged, stored, rollups, load.Failures, load.LongestSilence);
            Assert.Equal(load.Sent, load.Acknowledged);
            Assert.Equal(load.Acknowledged, stored);
            Assert.Equal(stored, rows);
            Assert.Equal(stored, rollups);
        }
        finally
        {
            if (temporary is not null)
                Directory.Delete(temporary, recursive: true);
        }
    }

    /// <summary>The server process behind a connection that writes spans.</summary>
    private static Task<int> WriterAsync(RunningApp app) =>
        app.AskAsync<int>(
            """
            select pid from pg_stat_activity
            where application_name = 'copilot intake' and backend_type = 'client backend'
            order by (state <> 'idle') desc, (query ilike '%span%') desc, state_change desc limit 1
            """
        );
}

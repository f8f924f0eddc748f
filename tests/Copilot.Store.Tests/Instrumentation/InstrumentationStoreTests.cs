using Copilot.Store.Instrumentation;
using Copilot.Store.Rollups;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.Testing;
using Npgsql;
using Xunit;

namespace Copilot.Store.Tests.Instrumentation;

/// <summary>What the ledger reads and keeps, on a real server.</summary>
public sealed class InstrumentationStoreTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Both_sides_of_calls_that_do_not_hang_together_are_read_and_those_that_do_are_counted()
    {
        var rows = new TelemetryRows(postgres.Database, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var http = new Dictionary<string, object> { ["http.method"] = "POST", ["http.url"] = "http://badge:8080/badges/17?x=1" };
        var web = await rows.SpanAsync("seat", "GET /", 1, 100);
        var kept = await rows.SpanAsync("seat", "POST", 1, 50, web, SpanKind.Client, serverAddress: "quote", attributes: http);
        var answer = await rows.SpanAsync("quote", "POST /quotes", 1, 40, kept);
        await rows.SpanAsync("seat", "POST", 2, 50, web, SpanKind.Client, serverAddress: "badge", attributes: http);
        await rows.SpanAsync("badge", "POST /badges/:id", 2.005, 40);
        await rows.SpanAsync("badge", "orphan", 3, 1, new SpanRow(answer.TraceId, new SpanId(987_654_321)));
        var sql = new Dictionary<string, object> { ["db.system"] = "postgresql" };
        await rows.SpanAsync("quote", "SELECT", 3, 1, answer, SpanKind.Client, serverAddress: "pg", attributes: sql);
        var sent = await rows.SpanAsync("quote", "send", 4, 1, answer, SpanKind.Producer);
        var worked = await rows.SpanAsync("worker", "process", 5, 1, kind: SpanKind.Consumer);
        await postgres.ScalarAsync(
            $"""update spans set links = '[{"{"}"t": "{sent.TraceId}", "s": "{sent.SpanId}"{"}"}, {"{"}"s": "odd"{"}"}]' where span_id = {worked.SpanId.ToInt64()}"""
        );
        var reads = new CallSideReads(postgres.Database);
        TimeWindow[] slices = [rows.Window(0, 3.5), rows.Window(3.5, 60)];

        var sides = await reads.ReadAsync(slices, 100, default);
        Assert.Equal(
            ["badge Server", "quote Producer", "seat Client", "seat Server", "worker Consumer"],
            sides.Select(side => $"{side.Service} {side.Kind}").Order(StringComparer.Ordinal)
        );
        var call = sides.Single(side => side.Kind == SpanKind.Client);
        Assert.Equal(("POST", "/badges/17", "badge", false), (call.Method, call.Path, call.Address, call.IsRoot));
        Assert.Equal([sent.SpanId], sides.Single(side => side.Kind == SpanKind.Consumer).Links);
        Assert.Equal([new KeptCalls("seat", "quote", "quote", false, 1)], await reads.KeptAsync(slices, default));
        Assert.Contains(new LostParents("badge", 2, 1), await reads.LostParentsAsync(slices, default));
        Assert.Equal(3, (await reads.RequestsAsync(["badge", "quote"], slices, 100, default)).Count);
        Assert.Equal("postgresql", (await reads.DatabasesAsync(slices, default))["pg"]);
        Assert.Empty(await reads.ReadAsync([], 100, default));

        await new EdgeMaintenance(postgres.Database).CatchUpAsync(default);
        Assert.Contains(
            await reads.PeerCallsAsync(rows.Window(0, 60), default),
            peer => peer is { Address: "badge", Caller: "seat", Calls: 1 }
        );
    }

    [Fact]
    public async Task Presence_is_told_step_by_step_with_the_last_minute_and_the_sdk()
    {
        var rows = new TelemetryRows(postgres.Database, new DateTimeOffset(2026, 4, 1, 12, 0, 0, TimeSpan.Zero));
        var sdk = new Dictionary<string, object> { ["telemetry.sdk.language"] = "java", ["telemetry.sdk.version"] = "1.40.0" };
        await rows.SpanAsync("claims", "GET /", 10, 1, resource: sdk);
        await rows.SpanAsync("claims", "inside", 130, 1, kind: SpanKind.Internal, resource: sdk);
        var reads = new PresenceReads(postgres.Database);
        var claims = (await reads.ReadAsync(rows.Window(0, 300), UnixNanos.PerMinute, default)).Single(s => s.Service == "claims");
        Assert.Equal([new PresenceStep(0, 1, 1), new PresenceStep(2, 1, 1)], claims.Steps);
        Assert.Equal(rows.Start.AddMinutes(2), claims.LastMinute);
        Assert.Equal(new SenderSdk("java", null, "1.40.0", null, null), claims.Sdk);
        var later = (await reads.ReadAsync(rows.Window(600, 900), UnixNanos.PerMinute, default)).Single(s => s.Service == "claims");
        Assert.Empty(later.Steps);
        Assert.Equal(rows.Start.AddMinutes(2), later.LastMinute);
        Assert.Equal(rows.Start, await reads.FirstAsync(rows.Window(-600, 900), default));
        Assert.Null(await reads.FirstAsync(rows.Window(-900, -600), default));
    }

    [Fact]
    public async Task A_scan_replaces_what_it_declared_before_and_leaves_another_s()
    {
        var declared = new DeclaredWorkloads(postgres.Database);
        var at = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
        await declared.ReplaceAsync("a", [new("seat", "shop", "Java", "operator"), new("seat", "shop", "Go", null)], at, default);
        await declared.ReplaceAsync("b", [new("badge", null, null, DeclaredWorkload.Skipped)], at, default);
        await declared.ReplaceAsync("a", [new("quote", null, "Go", "eBPF")], at.AddMinutes(1), default);
        Assert.Equal(["badge", "quote"], (await declared.ListAsync(default)).Select(workload => workload.Name));
    }

    [Fact]
    public async Task Steps_are_only_added()
    {
        var steps = new InstrumentationSteps(postgres.Database);
        var step = new InstrumentationStep
        {
            At = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero),
            By = "mira",
            What = "annotated wave 1",
            Services = ["seat"],
            Undo = "git revert 1234",
        };
        await steps.AddAsync(step, default);
        var kept = Assert.Single(await steps.LatestAsync(10, default));
        Assert.Equal((step.At, step.By, step.What, step.Undo), (kept.At, kept.By, kept.What, kept.Undo));
        Assert.Equal(["seat"], kept.Services);
        await Assert.ThrowsAsync<PostgresException>(() => postgres.ScalarAsync("delete from instrumentation_steps"));
        await Assert.ThrowsAsync<PostgresException>(() => postgres.ScalarAsync("update instrumentation_steps set by_whom = 'x'"));
    }
}

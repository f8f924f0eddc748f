using System.Globalization;
using Copilot.Store.AttributeIndexing;
using Copilot.Store.Deletion;
using Copilot.Store.Retention;
using Copilot.Store.Rollups;
using Copilot.Store.Writers;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Npgsql;
using Xunit;
using static Copilot.Store.Tests.Intake.Requests;

namespace Copilot.Store.Tests.Deletion;

/// <summary>What is deleted is gone and is counted nowhere; what stays is counted as if the rest had never come.</summary>
public sealed class DeletionTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset _start = UnixNanos.ToTime(Start);
    private TelemetryPartitions _partitions = null!;
    private TelemetryWriter _writer = null!;
    private Deletions _deletions = null!;

    public async Task InitializeAsync()
    {
        _partitions = new TelemetryPartitions(postgres.Database, TimeProvider.System, new RetentionOptions());
        _writer = new TelemetryWriter(postgres.Database, _partitions, TimeProvider.System);
        _deletions = new Deletions(postgres.Database, _writer, TimeProvider.System);
        await postgres.ScalarAsync(
            """
            truncate spans, logs, metric_points, span_rollup_deltas, span_rollup_minutes, span_rollup_hours, edge_minutes, pending_minutes,
            cited_traces, distilled_traces, thinned_hours, received_requests, deletions, deletion_traces, changes, attribute_values, attribute_keys
            """
        );
    }

    public async Task DisposeAsync()
    {
        _deletions.Dispose();
        await _writer.DisposeAsync();
        _partitions.Dispose();
    }

    [Fact]
    public async Task A_service_goes_from_spans_figures_calls_logs_and_names_and_others_stay()
    {
        await ShopAsync();
        await CatchUpAsync();
        Assert.True(await CountAsync("edge_minutes") > 0);
        var preview = await PreviewAsync("billing");
        Assert.Equal((300, 300, 10), (preview.Spans, preview.Counted, preview.Logs));
        Assert.Equal("billing", Assert.Single(preview.Services).Service);

        await DeleteAsync("billing");

        Assert.Equal(0L, await OfServiceAsync("spans", "billing"));
        Assert.Equal(0L, await OfServiceAsync("logs", "billing"));
        Assert.Equal(600L, await OfServiceAsync("spans", "web"));
        await AssertCountedAsStoredAsync();
        await CatchUpAsync();
        Assert.Equal(0L, await postgres.ScalarAsync("select count(*) from edge_minutes where callee_service_id is not null"));
        Assert.Equal(0L, await OfServiceAsync("attribute_keys", "billing"));
        Assert.True((await PreviewAsync("billing")).IsEmpty);
        Assert.Equal("300 10", await postgres.ScalarAsync("select spans || ' ' || logs from deletions where done_at is not null"));
    }

    [Fact]
    public async Task Minutes_go_and_their_hours_are_counted_anew()
    {
        await ShopAsync();
        await CatchUpAsync();
        var before = await CountAsync("spans");
        await DeleteAsync(null, _start.AddMinutes(10), _start.AddMinutes(75));
        Assert.Equal(
            0L,
            await postgres.ScalarAsync(
                $"select count(*) from spans where start_ns >= {Start + 600 * UnixNanos.PerSecond} and start_ns < {Start + 4500 * UnixNanos.PerSecond}"
            )
        );
        Assert.InRange(await CountAsync("spans"), 1, before - 1);
        await AssertCountedAsStoredAsync();
    }

    [Fact]
    public async Task Of_a_person_whole_traces_go_and_the_figures_are_those_of_everybody_else()
    {
        await ShopAsync();
        await CatchUpAsync();
        // The longest and the shortest of all were theirs.
        await WriteAsync(
            Spans(
                "web",
                Span(9001, 1, at: 30, ms: 90_000, attributes: Text("user.id", "42")),
                Span(9001, 2, at: 31, ms: 1, parent: 1, kind: 3, name: "POST billing"),
                Span(9002, 1, at: 65, ms: 0.001, attributes: """{"key":"user.id","value":{"intValue":"42"}}"""),
                Span(9003, 1, at: 70, ms: 5, attributes: Text("user.id", "421"))
            )
        );
        await WriteAsync(Spans("billing", Span(9001, 3, at: 31, ms: 1, parent: 2)));
        await WriteAsync(Logs("billing", Log(31, 9001, "charged"), Log(33, 0, "seen", Text("user.id", "42")), Log(34, 0, "other")));
        await new CitedTraces(postgres.Database).AddAsync([new(0, 9001)], "an answer", default);
        await CatchUpAsync();
        Assert.Equal(1L, await postgres.ScalarAsync("select count(*) from attribute_values where key = 'user.id' and value = '421'"));

        var preview = await PreviewAsync(attribute: "user.id=42");
        Assert.Equal((4, 2, 2), (preview.Spans, preview.Traces, preview.Logs));
        Assert.Contains(preview.Notes, note => note.StartsWith("Whole traces go", StringComparison.Ordinal));
        await DeleteAsync(attribute: "user.id=42");

        Assert.Equal(1L, await postgres.ScalarAsync("select count(*) from spans where attributes ? 'user.id'"));
        Assert.Equal(
            "other",
            await postgres.ScalarAsync(
                "select string_agg(body, ' ') from logs where time_ns >= "
                    + (Start + 31 * UnixNanos.PerSecond)
                    + " and time_ns < "
                    + (Start + 35 * UnixNanos.PerSecond)
            )
        );
        Assert.Equal(0L, await CountAsync("cited_traces"));
        await AssertCountedAsStoredAsync();
        Assert.Equal(0L, await postgres.ScalarAsync("select count(*) from attribute_values where value = '42'"));
        // Of what was to be forgotten, nothing is left in the record of the deletion.
        Assert.Equal(0L, await postgres.ScalarAsync("select count(*) from deletions where attribute_value is not null"));
        Assert.Equal(0L, await CountAsync("deletion_traces"));
    }

    [Fact]
    public async Task A_value_of_a_resource_or_a_series_is_blanked_and_comes_back_as_a_row_of_its_own()
    {
        const string Gauge =
            """{"name":"queue","gauge":{"dataPoints":[{"timeUnixNano":"1772618400000000000","asDouble":1,"attributes":[@]}]}}""";
        var anna = Gauge.Replace("@", Text("user", "anna"), StringComparison.Ordinal);
        await WriteAsync(Metrics("web", anna, Gauge.Replace("@", Text("user", "ben"), StringComparison.Ordinal)));
        await DeleteAsync(attribute: "user=anna");
        Assert.Equal(1L, await CountAsync("metric_points"));
        Assert.Equal(0L, await postgres.ScalarAsync("select count(*) from metric_series where attributes::text like '%anna%'"));
        await WriteAsync(Metrics("web", anna));
        Assert.Equal(
            "anna",
            await postgres.ScalarAsync(
                "select string_agg(s.attributes ->> 'user', ' ') from metric_points p join metric_series s on s.id = p.series_id where s.attributes ->> 'user' <> 'ben'"
            )
        );
    }

    [Fact]
    public async Task What_was_only_counted_is_told_and_stays_counted()
    {
        await WriteAsync(Spans("web", Span(1, 1, attributes: Text("user.id", "42")), Span(2, 1)));
        // As after distillation: of five that came in this minute, two are stored.
        await postgres.ScalarAsync($"insert into thinned_hours (hour_ns, why) values ({Start}, 'distilled')");
        await postgres.ScalarAsync("update span_rollup_deltas set count = 5, extrapolated = 5");
        var preview = await PreviewAsync(attribute: "user.id=42");
        Assert.Contains(preview.Notes, note => note.Contains("only counted stay counted", StringComparison.Ordinal));
        await DeleteAsync(attribute: "user.id=42");
        Assert.Equal(
            4m,
            await postgres.ScalarAsync(
                "select sum(count) from (select count from span_rollup_deltas union all select count from span_rollup_minutes) c"
            )
        );
    }

    /// <summary>While telemetry comes in: each span is stored and counted, or neither.</summary>
    [Theory]
    [InlineData("billing", null)]
    [InlineData(null, "user.id=42")]
    public async Task It_races_no_intake(string? service, string? attribute)
    {
        await ShopAsync();
        using var enough = new CancellationTokenSource();
        var written = 0;
        var sending = Task.Run(async () =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                var user = Text("user.id", i % 2 == 0 ? "42" : "43");
                await WriteAsync(
                    Spans(
                        i % 3 == 0 ? "billing" : "web",
                        [.. Enumerable.Range(1, 20).Select(n => Span(50_000 + i, n, at: i % 5000, ms: n, attributes: user))]
                    )
                );
                Interlocked.Increment(ref written);
            }
        });
        var compaction = new RollupCompaction(postgres.Database, TimeProvider.System);
        for (var round = 0; round < 3 || Volatile.Read(ref written) < 15; round++)
        {
            await DeleteAsync(service, attribute: attribute);
            await compaction.CatchUpAsync(default);
        }

        await enough.CancelAsync();
        await sending;
        await AssertCountedAsStoredAsync();
        await DeleteAsync(service, attribute: attribute);
        await AssertCountedAsStoredAsync();
        Assert.True((await PreviewAsync(service, attribute: attribute)).IsEmpty);
    }

    [Fact]
    public async Task Another_instance_takes_up_what_one_left_and_two_never_work_at_once()
    {
        await ShopAsync();
        await _deletions.AskAsync(Scope("billing"), "ada", default);
        await using (var connection = await postgres.Database.DataSource.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var claim = new NpgsqlCommand("select pg_advisory_xact_lock(hashtext('copilot deletions'))", connection);
            await claim.ExecuteNonQueryAsync();
            await _deletions.RunAsync(default);
            Assert.Equal(300L, await OfServiceAsync("spans", "billing"));
        }

        using var other = new Deletions(postgres.Database, _writer, TimeProvider.System);
        await other.RunAsync(default);
        Assert.Equal(0L, await OfServiceAsync("spans", "billing"));
        Assert.NotNull(Assert.Single(await _deletions.ListAsync(default)).DoneAt);
    }

    [Fact]
    public async Task Minutes_of_which_only_the_hour_is_kept_are_refused()
    {
        await ShopAsync();
        await CatchUpAsync();
        await postgres.ScalarAsync("truncate span_rollup_minutes");
        var told = await Assert.ThrowsAsync<ArgumentException>(() => PreviewAsync(from: _start, to: _start.AddMinutes(10)));
        Assert.Contains("begin and end on whole hours", told.Message, StringComparison.Ordinal);
        await PreviewAsync(from: _start, to: _start.AddHours(1));
    }

    private static DeletionScope Scope(
        string? service = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        string? attribute = null
    ) => DeletionScope.Of(service, from, to, attribute, DateTimeOffset.UtcNow);

    private Task<DeletionPreview> PreviewAsync(
        string? service = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        string? attribute = null
    ) => new DeletionPreviews(postgres.Database).ReadAsync(Scope(service, from, to, attribute), default);

    private async Task DeleteAsync(string? service = null, DateTimeOffset? from = null, DateTimeOffset? to = null, string? attribute = null)
    {
        await _deletions.AskAsync(Scope(service, from, to, attribute), "ada", default);
        await _deletions.RunAsync(default);
    }

    /// <summary>Three hundred requests over 90 minutes: web calls billing.</summary>
    private async Task ShopAsync()
    {
        var random = new Random(7);
        for (var part = 0; part < 3; part++)
        {
            var ids = Enumerable
                .Range(1 + (part * 100), 100)
                .Select(id => (id, at: (id * 18) + random.NextDouble(), ms: 5 + (random.NextDouble() * 100)))
                .ToList();
            await WriteAsync(
                Spans(
                    "web",
                    [
                        .. ids.SelectMany(x =>
                            new[]
                            {
                                Span(x.id, 1, x.at, x.ms + 2, status: x.id % 7 == 0 ? 2 : 0),
                                Span(x.id, 2, x.at, x.ms + 1, parent: 1, kind: 3, name: "POST billing"),
                            }
                        ),
                    ]
                )
            );
            await WriteAsync(
                Spans(
                    "billing",
                    [.. ids.Select(x => Span(x.id, 3, x.at, x.ms, parent: 2, name: "POST /charges", attributes: Text("currency", "EUR")))]
                )
            );
        }

        await WriteAsync(
            Logs(
                "billing",
                [.. Enumerable.Range(1, 10).Select(i => Log(i * 100, 0, "charged " + i.ToString(CultureInfo.InvariantCulture)))]
            )
        );
    }

    private static string Log(double at, int trace, string body, string attributes = "") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"timeUnixNano":"{{Start + (long)(at * UnixNanos.PerSecond)}}","severityNumber":9,"body":{"stringValue":"{{body}}"},
            "traceId":"{{(trace == 0 ? "" : trace.ToString("x32", CultureInfo.InvariantCulture))}}","attributes":[{{attributes}}]}
            """
        );

    private async Task CatchUpAsync()
    {
        await new EdgeMaintenance(postgres.Database).CatchUpAsync(default);
        await new AttributeIndexUpdater(postgres.Database).CatchUpAsync(default);
        await new RollupCompaction(postgres.Database, TimeProvider.System).CatchUpAsync(default);
    }

    /// <summary>Minutes and hours say of every operation what its stored spans do: number, sum, extremes, histogram.</summary>
    private async Task AssertCountedAsStoredAsync()
    {
        await new RollupCompaction(postgres.Database, TimeProvider.System).CatchUpAsync(default);
        foreach (
            var (table, unit) in ((string, long)[])
                [("span_rollup_minutes", UnixNanos.PerMinute), ("span_rollup_hours", 60 * UnixNanos.PerMinute)]
        )
        {
            var wrong = await postgres.ScalarAsync(
                $"""
                select string_agg(d.*::text, E'\n') from (
                  select coalesce(r.at, s.at) as at, coalesce(r.operation_id, s.operation_id), r.count, s.count, r.min, s.min, r.max, s.max from (
                    select minute_ns as at, operation_id, entry, root, status::int, count, extrapolated, sum_ns as sum, min_ns as min, max_ns as max from {table}) r
                  full join (
                    select start_ns - start_ns % {unit} as at, operation_id, entry, parent_span_id is null as root, status::int,
                      count(*), count(*)::float8 as extrapolated, sum(duration_ns)::bigint as sum, min(duration_ns), max(duration_ns)
                    from spans group by 1, 2, 3, 4, 5) s using (at, operation_id, entry, root, status)
                  where (r.count, r.extrapolated, r.sum, r.min, r.max) is distinct from (s.count, s.extrapolated, s.sum, s.min, s.max)
                  limit 5) d
                """
            );
            Assert.True(wrong is null, $"{table}: {wrong}");
            await AssertHistogramsAsync(table);
        }
    }

    private async Task AssertHistogramsAsync(string table)
    {
        await using var command = postgres.Database.DataSource.CreateCommand($"select count, histogram from {table}");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var histogram = new DurationHistogram();
            histogram.Merge(reader.GetFieldValue<byte[]>(1).AsSpan());
            Assert.Equal(reader.GetInt64(0), histogram.Count);
        }
    }

    private async Task<long> CountAsync(string table) => (long)(await postgres.ScalarAsync($"select count(*) from {table}"))!;

    private async Task<long> OfServiceAsync(string table, string service) =>
        (long)
            (
                await postgres.ScalarAsync(
                    $"select count(*) from {table} t join services v on v.id = t.service_id where v.name = '{service}'"
                )
            )!;

    private async Task WriteAsync(TelemetryBatch batch)
    {
        using (batch)
            await (
                batch switch
                {
                    SpanBatch spans => _writer.WriteAsync(spans, default),
                    LogBatch logs => _writer.WriteAsync(logs, default),
                    _ => _writer.WriteAsync((MetricBatch)batch, default),
                }
            );
    }
}

using System.Globalization;
using System.Text;
using Copilot.Store.Intake;
using Copilot.Store.Retention;
using Copilot.Store.Writers;
using Copilot.Telemetry.Intake;
using Copilot.Testing;
using Xunit;

namespace Copilot.Ingest.Tests.Admission;

/// <summary>Through the real endpoint into a real Postgres, with a store that says how far it lags.</summary>
[Trait("needs", "postgres")]
public sealed class OverloadTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Spans = "select count(*) from spans";
    private const string Counted =
        "select coalesce(sum(count), 0)::bigint from (select count from span_rollup_deltas union all select count from span_rollup_minutes) rollups";

    [Fact]
    public async Task What_is_shed_under_pressure_is_not_stored_but_counted_and_a_request_sent_again_is_counted_once()
    {
        using var partitions = new TelemetryPartitions(postgres.Database, TimeProvider.System, new RetentionOptions());
        await using var writer = new LaggingWriter(new TelemetryWriter(postgres.Database, partitions, TimeProvider.System));
        await using var host = await IntakeHost.StartAsync(writer, postgres.Database);
        await PostAsync(host, Request(0, 400));
        Assert.Equal((400L, 400L), (await postgres.ScalarAsync(Spans), await postgres.ScalarAsync(Counted)));

        writer.PendingItems = 155_000;
        var pressed = Request(1000, 600);
        await PostAsync(host, pressed);
        var stored = (long)(await postgres.ScalarAsync(Spans))!;
        Assert.InRange(stored, 401, 500);
        Assert.Equal(1000L, await postgres.ScalarAsync(Counted));

        await PostAsync(host, pressed);
        Assert.Equal((stored, 1000L), (await postgres.ScalarAsync(Spans), await postgres.ScalarAsync(Counted)));

        var metrics = await host.Http.GetStringAsync(new Uri("metrics", UriKind.Relative));
        Assert.Contains("copilot_ingest_pending_items{} 155000\n", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("copilot_ingest_shed_total{signal=\"traces\"} 0\n", metrics, StringComparison.Ordinal);
    }

    private static string Request(int from, int count) =>
        Samples.Traces([
            .. Enumerable
                .Range(from + 1, count)
                .Select(number => Samples.Span(trace: number.ToString("x32", CultureInfo.InvariantCulture))),
        ]);

    private static async Task PostAsync(IntakeHost host, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await host.Http.PostAsync(new Uri("v1/traces", UriKind.Relative), content);
        Assert.Equal("{}", await answer.Content.ReadAsStringAsync());
    }

    private sealed class LaggingWriter(TelemetryWriter writer) : ITelemetryWriter, IAsyncDisposable
    {
        public long PendingItems { get; set; }

        public Task<WriteResult> WriteAsync(SpanBatch batch, CancellationToken cancellationToken) =>
            writer.WriteAsync(batch, cancellationToken);

        public Task<WriteResult> WriteAsync(LogBatch batch, CancellationToken cancellationToken) =>
            writer.WriteAsync(batch, cancellationToken);

        public Task<WriteResult> WriteAsync(MetricBatch batch, CancellationToken cancellationToken) =>
            writer.WriteAsync(batch, cancellationToken);

        public ValueTask DisposeAsync() => writer.DisposeAsync();
    }
}

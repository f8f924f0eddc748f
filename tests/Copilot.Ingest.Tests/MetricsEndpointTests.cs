using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Copilot.Telemetry.Spans;
using Copilot.Testing;
using Xunit;

namespace Copilot.Ingest.Tests;

/// <summary>What Prometheus reads of the intake.</summary>
public sealed class MetricsEndpointTests
{
    private static readonly Uri _address = new("metrics", UriKind.Relative);

    [Fact]
    public async Task Prometheus_reads_what_came_in_and_what_became_of_it()
    {
        await using var host = await IntakeHost.StartAsync(new RecordingWriter());
        var spans = Enumerable.Range(1, 37).Select(i => Samples.Span(span: i.ToString("x16", CultureInfo.InvariantCulture))).ToArray();
        using (var taken = await PostAsync(host, "v1/traces", Samples.Traces(spans)))
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        using (var refused = await PostAsync(host, "v1/logs", "no json"))
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        var lines = (await host.Http.GetStringAsync(_address)).Split('\n');
        Assert.Contains("copilot_ingest_requests_total{signal=\"traces\"} 1", lines);
        Assert.Contains("copilot_ingest_received_total{signal=\"traces\"} 37", lines);
        Assert.Contains("copilot_ingest_stored_total{signal=\"traces\"} 37", lines);
        Assert.Contains("copilot_ingest_received_total{signal=\"metrics\"} 0", lines);
        Assert.Contains("copilot_ingest_refused_total{status=\"400\"} 1", lines);
        Assert.Contains("# TYPE copilot_ingest_refused_total counter", lines);
        Assert.Contains("# TYPE copilot_ingest_pending_items gauge", lines);
        Assert.Contains("copilot_ingest_kept_share{} 1", lines);
        Assert.Contains("copilot_store_restarts_total{} 0", lines);
        Assert.Contains($"copilot_build_info{{version=\"{OwnService.Version}\"}} 1", lines);
        Assert.Equal(
            [
                "copilot_build_info",
                "copilot_ingest_body_bytes",
                "copilot_ingest_bytes_total",
                "copilot_ingest_duplicates_total",
                "copilot_ingest_kept_share",
                "copilot_ingest_last_received_seconds",
                "copilot_ingest_mistakes_total",
                "copilot_ingest_pending_items",
                "copilot_ingest_received_total",
                "copilot_ingest_refused_total",
                "copilot_ingest_rejected_total",
                "copilot_ingest_requests_total",
                "copilot_ingest_shed_total",
                "copilot_ingest_silence_seconds",
                "copilot_ingest_stored_total",
                "copilot_process_memory_bytes",
                "copilot_store_restarts_total",
                "copilot_store_up",
            ],
            lines.Where(line => line is [not '#', ..]).Select(line => line.Split('{')[0]).Distinct().Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task What_the_page_Status_shows_of_the_store_is_there_while_it_answers()
    {
        var postgres = new PostgresFixture();
        await postgres.InitializeAsync();
        try
        {
            await using var host = await IntakeHost.StartAsync(new RecordingWriter(), postgres.Database);
            var lines = (await host.Http.GetStringAsync(_address)).Split('\n');
            Assert.Contains("copilot_store_up{} 1", lines);
            Assert.Contains("copilot_questions{} 0", lines);
            Assert.Contains("copilot_investigations_open{} 0", lines);
            foreach (
                var name in new[]
                {
                    "copilot_store_size_bytes{}",
                    "copilot_store_partitions{kind=\"spans\"}",
                    "copilot_store_partition_size_bytes{kind=\"logs\"}",
                    "copilot_store_pending_minutes{}",
                    "copilot_store_distillation_due{}",
                    "copilot_store_distillation_thinned{}",
                }
            )
                Assert.Contains(lines, line => line.StartsWith(name + " ", StringComparison.Ordinal));
        }
        finally
        {
            await postgres.DisposeAsync();
        }
    }

    [Fact]
    public async Task Each_app_of_a_process_tells_its_own()
    {
        await using var busy = await IntakeHost.StartAsync(new RecordingWriter());
        await using var idle = await IntakeHost.StartAsync(new RecordingWriter());
        using var taken = await PostAsync(busy, "v1/traces", Samples.Traces(Samples.Span()));
        foreach (var (host, received) in new[] { (busy, 1), (idle, 0) })
        {
            const string Figure = "copilot_ingest_received_total{signal=\"traces\"} ";
            var lines = (await host.Http.GetStringAsync(_address)).Split('\n');
            Assert.Equal(Figure + received, Assert.Single(lines, line => line.StartsWith(Figure, StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("application/openmetrics-text; version=1.0.0", "application/openmetrics-text")]
    [InlineData("text/plain", "text/plain")]
    public async Task It_is_written_in_the_format_that_is_asked_for(string accept, string written)
    {
        await using var host = await IntakeHost.StartAsync(new RecordingWriter());
        using var request = new HttpRequestMessage(HttpMethod.Get, _address);
        request.Headers.Accept.ParseAdd(accept);
        using var reply = await host.Http.SendAsync(request);
        Assert.Equal(written, reply.Content.Headers.ContentType!.MediaType);
    }

    private static async Task<HttpResponseMessage> PostAsync(IntakeHost host, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return await host.Http.PostAsync(path, content);
    }
}

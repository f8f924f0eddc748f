using Copilot.Store.AttributeIndexing;
using Copilot.Store.Retention;
using Copilot.Store.Writers;
using Copilot.Telemetry.Intake;
using Copilot.Testing;
using Xunit;
using static Copilot.Store.Tests.Intake.Requests;

namespace Copilot.Store.Tests.AttributeIndexing;

public sealed class CatalogueUpkeepTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private readonly TelemetryPartitions _partitions = new(postgres.Database, TimeProvider.System, new RetentionOptions());
    private TelemetryWriter _writer = null!;

    private AttributeIndexUpdater Upkeep => new(postgres.Database);

    public async Task InitializeAsync()
    {
        _writer = new TelemetryWriter(postgres.Database, _partitions, TimeProvider.System);
        await postgres.ScalarAsync(
            "truncate spans, span_rollup_deltas, pending_minutes, attribute_keys, attribute_values, service_version_minutes, changes, logs, received_requests"
        );
    }

    public async Task DisposeAsync()
    {
        await _writer.DisposeAsync();
        _partitions.Dispose();
    }

    [Fact]
    public async Task Keys_types_and_values_of_every_level_are_found()
    {
        await WriteAsync(
            Spans(
                "shop",
                Span(
                    1,
                    1,
                    attributes: string.Join(
                        ',',
                        Text("http.route", "/cart"),
                        Text("tenant", "acme"),
                        """{"key":"size","value":{"intValue":"3"}}""",
                        """{"key":"ratio","value":{"doubleValue":1}}""",
                        """{"key":"vip","value":{"boolValue":true}}""",
                        """{"key":"tags","value":{"arrayValue":{"values":[{"stringValue":"a"}]}}}""",
                        """{"key":"raw","value":{"bytesValue":"AAEC"}}"""
                    )
                )
            )
        );
        using (
            var logs = Logs(
                "shop",
                """{"timeUnixNano":"1772618400000000000","body":{"stringValue":"hi"},"attributes":[{"key":"user","value":{"stringValue":"ada"}}]}"""
            )
        )
            await _writer.WriteAsync(logs, default);
        await Upkeep.CatchUpAsync(default);
        Assert.Equal(
            "log.user=string resource.service.name=string span.http.route=string span.ratio=double span.raw=bytes span.size=int span.tags=array "
                + "span.tenant=string span.vip=bool",
            await postgres.ScalarAsync("select string_agg(level || '.' || key || '=' || type, ' ' order by level, key) from attribute_keys")
        );
        Assert.Equal(
            "/cart 1.0 3 [\"a\"] acme true {\"bytes\": \"AAEC\"}",
            await postgres.ScalarAsync(
                "select string_agg(value, ' ' order by value collate \"C\") from attribute_values where level = 'span'"
            )
        );
    }

    [Fact]
    public async Task A_key_with_endless_values_keeps_some_and_is_marked()
    {
        for (var round = 0; round < 2; round++)
        {
            var spans = Enumerable
                .Range(0, 150)
                .Select(id => Span(1, 1 + (round * 150) + id, attributes: Text("order.id", "o-" + ((round * 150) + id))));
            await WriteAsync(Spans("shop", [.. spans]));
            await Upkeep.CatchUpAsync(default);
        }

        Assert.Equal(200L, await postgres.ScalarAsync("select count(*) from attribute_values where key = 'order.id'"));
        Assert.Equal(true, await postgres.ScalarAsync("select many_values from attribute_keys where key = 'order.id'"));
    }

    [Fact]
    public async Task A_version_that_comes_in_is_a_change_unless_it_was_told()
    {
        await WriteAsync(Version("1.0", Span(1, 1)));
        await WriteAsync(Version("1.1", Span(1, 2, at: 60)));
        await WriteAsync(Version("1.1", Span(1, 3, at: 120)));
        await Upkeep.CatchUpAsync(default);
        Assert.Equal(
            "shop deploy 1.1 1.0 service.version",
            await postgres.ScalarAsync(
                "select string_agg(concat_ws(' ', service, kind, version, previous_version, source), ';') from changes"
            )
        );
        await postgres.ScalarAsync(
            $"insert into changes (time, service, kind, version, source) values (to_timestamp({Start / 1_000_000_000} + 50), 'shop', 'deploy', '1.1', 'import')"
        );
        await Upkeep.CatchUpAsync(default);
        Assert.Equal("import", await postgres.ScalarAsync("select string_agg(source, ';') from changes"));
    }

    private static SpanBatch Version(string version, string span)
    {
        var batch = Spans("shop\"}},{\"key\":\"service.version\",\"value\":{\"stringValue\":\"" + version, span);
        Assert.Equal(version, batch.Resources[0].ServiceVersion);
        return batch;
    }

    private async Task WriteAsync(SpanBatch batch)
    {
        using (batch)
            await _writer.WriteAsync(batch, default);
    }
}

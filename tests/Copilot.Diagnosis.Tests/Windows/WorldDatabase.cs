using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Copilot.Diagnosis.Timeline;
using Copilot.Diagnosis.Windows;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Owners;
using Copilot.Store.Intake;
using Copilot.Store.Reads.Requests;
using Copilot.Store.Reads.Topology;
using Copilot.Store.Retention;
using Copilot.Store.Rollups;
using Copilot.Store.Samples;
using Copilot.Store.Writers;
using Copilot.Telemetry;
using Copilot.Telemetry.Intake;
using Copilot.Testing;
using Npgsql;

namespace Copilot.Diagnosis.Tests.Windows;

/// <summary>A recorded world in a real Postgres, brought in by the product's own decoder and writer.</summary>
internal sealed class WorldDatabase : IAsyncDisposable
{
    private readonly PostgresFixture _postgres = new();

    public WindowAnalyzer Investigator { get; private set; } = null!;

    public PostgresFixture Postgres => _postgres;

    public static async Task<WorldDatabase> ImportAsync(
        string folder,
        IReadOnlyDictionary<string, string> peers,
        Func<string, bool>? wanted = null,
        DiagnosisOptions? options = null
    )
    {
        var world = new WorldDatabase();
        await world._postgres.InitializeAsync();
        var database = world._postgres.Database;
        using var partitions = new TelemetryPartitions(database, TimeProvider.System, new RetentionOptions());
        await using (var writer = new TelemetryWriter(database, partitions, TimeProvider.System))
        {
            foreach (
                var file in Directory.EnumerateFiles(folder, "*.otlp.jsonl.gz", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            )
            {
                if (wanted?.Invoke(Path.GetFileName(file)) != false)
                    await ImportFileAsync(writer, file);
            }
        }

        await world.ImportChangesAsync(Path.Combine(folder, "changes.jsonl"));
        await world._postgres.ScalarAsync("analyze");
        var timeline = new TroubleTimeline(
            new ServiceMinuteReads(database),
            new ServiceStepReads(database),
            new TopologyReads(database),
            new ThinnedHours(database)
        );
        options ??= new DiagnosisOptions { Fresh = TimeSpan.Zero };
        var look = new WindowLook(
            new SampleReads(database),
            new SampleLogReads(database),
            new SampleMetricReads(database),
            new SampleNames(database),
            timeline,
            new ServiceCountReads(database),
            new WorseServices(new ServiceMinuteReads(database), new TopologyReads(database)),
            new ChangeReads(database),
            new SpanAttributeReads(database),
            new KnownPeers(peers),
            options,
            TimeProvider.System
        );
        world.Investigator = new WindowAnalyzer(
            look,
            timeline,
            new LongTroubles(new ServiceMinuteReads(database), timeline),
            options,
            TimeProvider.System
        );
        return world;
    }

    public async ValueTask DisposeAsync() => await _postgres.DisposeAsync();

    private static async Task ImportFileAsync(TelemetryWriter writer, string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        var signal = Path.GetFileName(file);
        // Several lines are under way at once, as from several senders; the writer groups them into transactions.
        var writing = new List<(Task<WriteResult> Task, IDisposable Batch)>();
        while (await reader.ReadLineAsync() is { } line)
        {
            // Some recorded metrics hold a bare NaN, which is no JSON; OTLP writes it as a text.
            var body = Encoding.UTF8.GetBytes(line.Replace(":NaN", ":\"NaN\"", StringComparison.Ordinal));
            TelemetryBatch batch;
            Task<WriteResult> task;
            if (signal.Contains("traces", StringComparison.Ordinal))
            {
                var spans = OtlpDecoder.DecodeTraces(body, OtlpEncoding.Json, DecodeLimits.Default);
                (batch, spans.Imported) = (spans, true);
                task = writer.WriteAsync(spans, default);
            }
            else if (signal.Contains("logs", StringComparison.Ordinal))
            {
                var logs = OtlpDecoder.DecodeLogs(body, OtlpEncoding.Json, DecodeLimits.Default);
                (batch, logs.Imported) = (logs, true);
                task = writer.WriteAsync(logs, default);
            }
            else
            {
                var metrics = OtlpDecoder.DecodeMetrics(body, OtlpEncoding.Json, DecodeLimits.Default);
                (batch, metrics.Imported) = (metrics, true);
                task = writer.WriteAsync(metrics, default);
            }

            writing.Add((task, batch));
            if (writing.Count == 200)
                await FlushAsync(writing);
        }

        await FlushAsync(writing);
    }

    private static async Task FlushAsync(List<(Task<WriteResult> Task, IDisposable Batch)> writing)
    {
        foreach (var (task, batch) in writing)
        {
            await task;
            batch.Dispose();
        }

        writing.Clear();
    }

    private async Task ImportChangesAsync(string file)
    {
        if (!File.Exists(file))
            return;
        foreach (var line in await File.ReadAllLinesAsync(file))
        {
            using var change = JsonDocument.Parse(line);
            await using var command = _postgres.Database.DataSource.CreateCommand(
                "insert into changes (time, service, kind, summary) values ($1, $2, $3, $4)"
            );
            command.Parameters.Add(
                new NpgsqlParameter { Value = change.RootElement.GetProperty("time").GetDateTimeOffset().ToUniversalTime() }
            );
            foreach (var member in new[] { "service", "kind", "summary" })
                command.Parameters.Add(new NpgsqlParameter { Value = change.RootElement.GetProperty(member).GetString()! });
            await command.ExecuteNonQueryAsync();
        }
    }

    public static DateTimeOffset Time(JsonElement element) => DateTimeOffset.Parse(element.GetString()!, CultureInfo.InvariantCulture);

    private sealed class KnownPeers(IReadOnlyDictionary<string, string> peers) : IOwnership
    {
        private readonly OwnershipSnapshot _snapshot = new(
            [
                new CatalogContent
                {
                    Path = "peers.yaml",
                    Kind = CatalogFileKind.Backstage,
                    Entities =
                    [
                        .. peers.Select(p => new CatalogEntity
                        {
                            Kind = "Component",
                            Namespace = "default",
                            Source = "peers.yaml",
                            Name = p.Value,
                            Annotations = new Dictionary<string, string> { ["net/address"] = p.Key },
                        }),
                    ],
                },
            ],
            []
        );

        public Task<OwnershipSnapshot> CurrentAsync(CancellationToken cancellationToken) => Task.FromResult(_snapshot);
    }
}

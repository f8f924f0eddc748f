using System.Text.Json.Serialization;
using Copilot.Instrument.Propagation;
using Copilot.Ownership.Catalog;
using Copilot.Store.Instrumentation;
using Copilot.Telemetry.Text;

namespace Copilot.Instrument.Ledger;

/// <summary>What sends no spans and is called, as far as the calls, its name and the catalogue tell.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PeerNature>))]
public enum PeerNature
{
    /// <summary>It cannot be told whose it is.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    /// <summary>A service of ours: instrumenting it would show what it does.</summary>
    [JsonStringEnumMemberName("own_service")]
    OwnService,

    [JsonStringEnumMemberName("database")]
    Database,

    [JsonStringEnumMemberName("broker")]
    Broker,

    /// <summary>Software off the shelf: a cache, a search engine, a secret store, a collector.</summary>
    [JsonStringEnumMemberName("off_the_shelf")]
    OffTheShelf,

    /// <summary>Somebody else runs it.</summary>
    [JsonStringEnumMemberName("third_party")]
    ThirdParty,
}

/// <summary>A peer, told apart from services that should be traced. In doubt it is no gap of ours.</summary>
/// <param name="Why">A sentence.</param>
internal sealed record PeerJudgement(PeerNature Nature, string Why)
{
    /// <summary>Names of programs that companies run and do not write, as parts of a host's first label.</summary>
    private static readonly HashSet<string> Software =
    [
        "activemq",
        "alertmanager",
        "arangodb",
        "artemis",
        "cassandra",
        "clickhouse",
        "cockroachdb",
        "collector",
        "consul",
        "couchbase",
        "couchdb",
        "dragonfly",
        "druid",
        "dynamodb",
        "elasticsearch",
        "elastic",
        "envoy",
        "etcd",
        "flink",
        "grafana",
        "haproxy",
        "influxdb",
        "jaeger",
        "kafka",
        "keycloak",
        "kibana",
        "localstack",
        "logstash",
        "loki",
        "mariadb",
        "meilisearch",
        "memcached",
        "mimir",
        "minio",
        "mongo",
        "mongodb",
        "mssql",
        "mysql",
        "nats",
        "neo4j",
        "nginx",
        "opensearch",
        "oracle",
        "otelcol",
        "otel",
        "pgbouncer",
        "postgres",
        "postgresql",
        "presto",
        "prometheus",
        "pulsar",
        "qdrant",
        "rabbitmq",
        "redis",
        "redpanda",
        "scylla",
        "sentry",
        "solr",
        "spark",
        "sqlserver",
        "squid",
        "statsd",
        "tempo",
        "temporal",
        "traefik",
        "trino",
        "typesense",
        "valkey",
        "vault",
        "victoriametrics",
        "weaviate",
        "zipkin",
        "zookeeper",
    ];

    private static readonly char[] Between = ['-', '_', '.'];

    /// <param name="address">What its callers call.</param>
    /// <param name="calls">Calls to it that were looked at; none where none were.</param>
    /// <param name="entity">The catalogue's entry; null where it has none.</param>
    /// <param name="database">db.system of its calls; null where they have none.</param>
    public static PeerJudgement Of(string address, IReadOnlyList<CallSide> calls, CatalogEntity? entity, string? database)
    {
        if (database is not null)
            return new(PeerNature.Database, $"Calls to it are those of a database ({Hostile.Line(database, 60)}).");
        if (calls.Any(call => call.Destination is not null || call.Kind == Telemetry.Spans.SpanKind.Producer))
            return new(PeerNature.Broker, "Calls to it are messages of a queue or topic.");
        if (entity is not null)
            return OfEntity(entity);
        var label = HostName.ServicePart(address).ToLowerInvariant();
        if (HostName.IsAddress(address) || label.StartsWith("ip-", StringComparison.Ordinal) || label is "localhost" or "host")
            return new(
                PeerNature.Unknown,
                "It is called by an address that names nobody; peer.service in its callers or the catalogue can."
            );
        if (label.Split(Between).Any(Software.Contains))
            return new(PeerNature.OffTheShelf, "By its name it is software off the shelf.");
        if (label is "metadata" or "instance-data")
            return new(PeerNature.ThirdParty, "By its name it is the cloud's own.");
        if (!calls.Any(call => call.Method is not null || call.RpcMethod is not null))
            return new(PeerNature.Unknown, "The calls to it do not say what they are (neither HTTP nor RPC).");
        if (!HostName.IsPrivate(address))
            return new(PeerNature.ThirdParty, "Its name is a public one: somebody else's, unless the catalogue says that it is yours.");
        return calls.Any(call => string.Equals(call.Address, address, StringComparison.OrdinalIgnoreCase))
            ? new(PeerNature.OwnService, "Its name is one that only the own network or cluster resolves, and it is called like a service.")
            : new(PeerNature.Unknown, "Its callers gave it that name themselves (peer.service); nothing says whose it is.");
    }

    private static PeerJudgement OfEntity(CatalogEntity entity) =>
        entity.Is("Component") && KnownWorkloads.IsService(entity)
            ? new(PeerNature.OwnService, $"The catalogue lists it as {entity.Name}.")
            : new(
                PeerNature.ThirdParty,
                $"The catalogue lists it as {entity.Kind.ToLowerInvariant()} {entity.Name}"
                    + (entity.Type is { } type ? $" ({type})" : "")
                    + ", no component of yours."
            );
}

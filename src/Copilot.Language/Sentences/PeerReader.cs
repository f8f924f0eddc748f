using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Sentences;

/// <summary>Databases, caches, brokers and third parties, by the names of the semantic conventions and by what people call them.</summary>
internal static class PeerReader
{
    private static readonly string[] Databases =
    [
        "database",
        "databases",
        "db",
        "dbs",
        "sql",
        "datastore",
        "datenbank",
        "datenbanken",
        "cache",
        "caches",
    ];
    private static readonly string[] Brokers = ["broker", "brokers"];
    private static readonly string[] External =
    [
        "external",
        "vendor",
        "vendors",
        "provider",
        "providers",
        "3rd",
        "outside",
        "extern",
        "externe",
    ];

    /// <summary>What people call systems, and their values in the conventions, old and new.</summary>
    private static readonly Dictionary<string, string[]> Systems = new(StringComparer.Ordinal)
    {
        ["postgres"] = ["postgresql"],
        ["postgresql"] = ["postgresql"],
        ["pg"] = ["postgresql"],
        ["psql"] = ["postgresql"],
        ["mysql"] = ["mysql"],
        ["mariadb"] = ["mariadb"],
        ["maria"] = ["mariadb"],
        ["oracle"] = ["oracle", "oracle.db"],
        ["mssql"] = ["mssql", "microsoft.sql_server"],
        ["sqlserver"] = ["mssql", "microsoft.sql_server"],
        ["redis"] = ["redis"],
        ["valkey"] = ["valkey"],
        ["memcached"] = ["memcached"],
        ["mongo"] = ["mongodb"],
        ["mongodb"] = ["mongodb"],
        ["cassandra"] = ["cassandra"],
        ["dynamo"] = ["dynamodb", "aws.dynamodb"],
        ["dynamodb"] = ["dynamodb", "aws.dynamodb"],
        ["elastic"] = ["elasticsearch"],
        ["elasticsearch"] = ["elasticsearch"],
        ["opensearch"] = ["opensearch"],
        ["clickhouse"] = ["clickhouse"],
        ["sqlite"] = ["sqlite"],
        ["neo4j"] = ["neo4j"],
        ["kafka"] = ["kafka"],
        ["rabbitmq"] = ["rabbitmq"],
        ["rabbit"] = ["rabbitmq"],
        ["sqs"] = ["aws_sqs", "aws.sqs"],
        ["servicebus"] = ["servicebus"],
        ["pubsub"] = ["gcp_pubsub"],
        ["nats"] = ["nats"],
        ["pulsar"] = ["pulsar"],
    };

    /// <summary>What is asked about and the token that says so; null where nothing is. A service of that name is no peer.</summary>
    public static (PlannedPeers Peers, int At)? Read(Sentence sentence)
    {
        for (var i = 0; i < sentence.Tokens.Count; i++)
        {
            if (sentence.WordAt(i) is not { } word || IsOther(sentence.LinkAt(i)) || sentence.Tokens[i].Glue != '\0')
                continue;
            if (Systems.TryGetValue(word, out var systems))
                return (new PlannedPeers(PeerSort.Any, systems), i);
            if (Databases.Contains(word))
                return (new PlannedPeers(PeerSort.Database, []), i);
            if (Brokers.Contains(word))
                return (new PlannedPeers(PeerSort.Messaging, []), i);
            if (
                External.Contains(word) && sentence.ConceptAt(i)?.Concept != Concept.Without
                || sentence.ConceptAt(i)?.Concept == Concept.Third
            )
                return (new PlannedPeers(PeerSort.External, []), i);
        }

        return null;
    }

    // "payment provider" may be an attribute, "db" a service; "database" itself is the attribute that tells its kind.
    private static bool IsOther(Link? link) =>
        link is not null
        && !link.Targets.All(t =>
            t.Key is { } key && (key.StartsWith("db.", StringComparison.Ordinal) || key.StartsWith("messaging.", StringComparison.Ordinal))
        );
}

/// <summary>Processor, memory and the like: words for what services use up, as parts of metric names.</summary>
internal static class ResourceReader
{
    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["cpu"] = ["cpu"],
        ["cpus"] = ["cpu"],
        ["processor"] = ["cpu"],
        ["prozessor"] = ["cpu"],
        ["compute"] = ["cpu"],
        ["memory"] = ["memory", "heap"],
        ["mem"] = ["memory", "heap"],
        ["ram"] = ["memory", "heap"],
        ["speicher"] = ["memory", "heap"],
        ["heap"] = ["heap"],
        ["gc"] = ["gc"],
        ["threads"] = ["thread"],
        ["eventloop"] = ["eventloop"],
        ["disk"] = ["disk"],
        ["connections"] = ["connection"],
        ["throttling"] = ["throttl"],
        ["throttled"] = ["throttl"],
    };

    /// <summary>The parts of names and the token that says so; null where none is named.</summary>
    public static (IReadOnlyList<string> Names, int At)? Read(Sentence sentence)
    {
        for (var i = 0; i < sentence.Tokens.Count; i++)
        {
            if (
                sentence.WordAt(i) is { } word
                && Words.TryGetValue(word, out var names)
                && sentence.LinkAt(i) is not { Kind: LinkKind.Service or LinkKind.Operation }
                && sentence.Tokens[i].Glue is '\0' or '/'
            )
                return (names, i);
        }

        return null;
    }
}

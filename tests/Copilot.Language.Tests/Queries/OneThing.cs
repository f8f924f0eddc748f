using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Tests.Queries;

/// <summary>Attributes that are one thing under several names: renamed in the conventions, or the place where an instrumentation keeps a
/// request's path.</summary>
internal static class OneThing
{
    private static readonly string[][] Names =
    [
        ["http.method", "http.request.method"],
        ["http.status_code", "http.response.status_code"],
        ["db.system", "db.system.name"],
        ["db.name", "db.namespace"],
        ["db.statement", "db.query.text"],
        ["db.operation", "db.operation.name"],
        ["db.sql.table", "db.collection.name"],
        ["deployment.environment", "deployment.environment.name"],
        ["http.url", "url.full", "http.target", "url.path", "http.path", "http.route"],
        ["http.user_agent", "user_agent.original"],
        ["http.scheme", "url.scheme"],
        ["server.address", "net.peer.name", "http.host"],
        ["server.port", "net.peer.port"],
        ["client.address", "net.peer.ip"],
        ["messaging.destination", "messaging.destination.name"],
        ["k8s.namespace.name", "service.namespace"],
        ["container.name", "k8s.container.name"],
        ["messaging.operation", "messaging.operation.type"],
        ["user.id", "enduser.id"],
        ["messaging.consumer.group.name", "messaging.kafka.consumer.group"],
        ["http.response.body.size", "http.response_content_length", "http.response_size", "http.response.size"],
        ["http.request.body.size", "http.request_content_length"],
    ];

    public static bool Is(FieldExpression a, FieldExpression b) =>
        a is AttributeReference x
        && b is AttributeReference y
        && (x.Name == y.Name || Names.Any(names => names.Contains(x.Name) && names.Contains(y.Name)));

    /// <summary>
    /// What series are measured and kept apart by, under the name that the given query uses: where a catalogue tells which name spans
    /// carry, the translator takes that one,
    /// and here there is none.
    /// </summary>
    public static MetricsExpression Renamed(MetricsExpression made, Vocabulary given) =>
        made switch
        {
            MetricsQuery { Function: var f } query => new MetricsQuery(
                query.Source,
                f with
                {
                    Field = f.Field is null ? null : Of(f.Field, given),
                    By = new EquatableList<FieldExpression>(f.By.Select(b => Of(b, given))),
                }
            ),
            StagedMetrics staged => new StagedMetrics(Renamed(staged.Source, given), staged.Stages),
            MetricsArithmetic arithmetic => new MetricsArithmetic(
                arithmetic.Operator,
                Renamed(arithmetic.Left, given),
                Renamed(arithmetic.Right, given)
            ),
            _ => made,
        };

    private static FieldExpression Of(FieldExpression field, Vocabulary given) =>
        given.Words.ContainsKey(field) ? field : given.Words.Keys.FirstOrDefault(other => Is(field, other)) ?? field;
}

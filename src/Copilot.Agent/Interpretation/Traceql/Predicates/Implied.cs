using Copilot.TraceQL.Fields;

namespace Copilot.Agent.Interpretation.Traceql.Predicates;

/// <summary>What need not be said: a response with a status code is one of HTTP.</summary>
internal static class Implied
{
    private static readonly string[][] Families = [["span.http.", "span.url."], ["span.messaging."], ["span.gen_ai."], ["span.faas."], ["span.rpc."]];

    public static List<Clause> Dropped(List<Clause> clauses) =>
        [.. clauses.Where(c => !IsSystemOf(c, clauses)).Where(c => c.Denied || c.Joint == Joint.Or || !Families.Any(family => IsPresence(c, family) && clauses.Any(o => o != c && !IsPresence(o, family) && o.Joint != Joint.Or && Names(o, family))))];

    // "mysql queries" are database calls, "gRPC status code 14" is one of gRPC.
    private static bool IsSystemOf(Clause clause, List<Clause> clauses) => !clause.Denied && clause.Joint != Joint.Or && clauses.Any(o => o != clause && !o.Denied && o.Joint != Joint.Or
        && (o.IsEquality && clause.Whole is { } whole && AreNil(whole) && clause.Alternatives.Any(a => a.ToString() == o.Key)
        || clause.Key == "span.rpc.system" && o.Key.StartsWith("span.rpc.grpc.", StringComparison.Ordinal)));

    private static bool IsPresence(Clause clause, string[] family) => clause.Whole is { } whole && Names(clause, family) && AreNil(whole);

    private static bool AreNil(FieldExpression e) => e is FieldBinary b && (b.Operator.IsLogical() ? AreNil(b.Left) && AreNil(b.Right) : b is { Operator: FieldOperator.NotEqual, Right: Literal { Kind: LiteralKind.Nil } });

    private static bool Names(Clause clause, string[] family) => clause.Alternatives.Any(f => family.Any(prefix => f.ToString().StartsWith(prefix, StringComparison.Ordinal)));
}

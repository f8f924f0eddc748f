using Copilot.Store.Commands;
using Copilot.Store.Traceql.Conditions;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Reads.Metrics;

/// <summary>The fields of a series, <c>metric_series m</c>: <c>.x</c> is its own attribute, else its resource's; <c>resource.x</c> its
/// resource's.</summary>
internal sealed class MetricFields(SqlParameters parameters) : IFieldSql
{
    public const string Service = "(select v.name from services v where v.id = m.service_id)";

    public SqlValue Of(AttributeReference attribute, RowAliases rows)
    {
        if (attribute is { Name: Levels.ServiceName, Scope: AttributeScope.Resource or AttributeScope.Any })
            return new SqlValue(SqlType.Text, Service);
        var key = parameters.Text(attribute.Name);
        var ofResource = $"(select r.attributes -> {key} from resources r where r.id = m.resource_id)";
        return new SqlValue(
            SqlType.Json,
            attribute.Scope == AttributeScope.Resource ? ofResource : $"coalesce(m.attributes -> {key}, {ofResource})"
        );
    }

    public SqlValue Of(IntrinsicReference reference, RowAliases rows) =>
        throw new UnsupportedExpressionException($"{reference.Intrinsic.Written()} is nothing that a metric has", reference.At);
}

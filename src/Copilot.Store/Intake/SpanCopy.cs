using Copilot.Telemetry.Intake;

namespace Copilot.Store.Intake;

/// <summary>A span as a row of COPY: the columns, and their values in that order.</summary>
internal static class SpanCopy
{
    /// <summary>Set in <c>flags</c> of spans that were brought in from files; OTLP uses the ten lowest bits.</summary>
    public const int ImportedFlag = 1 << 30;

    private const short ColumnCount = 32;

    public static string Columns { get; } =
        "trace_id, span_id, parent_span_id, start_ns, duration_ns, service_id, operation_id, resource_id, scope_id, "
        + "flags, kind, status, entry, "
        + "http_response_status_code, server_port, "
        + string.Join(", ", PromotedKeys.Texts.Select(static key => key.Replace('.', '_')))
        + ", status_message, trace_state, attributes, events, links, weight";

    public static void Write(CopyBuffer copy, SpanBatch batch, in SpanRow row, in ResolvedIds ids, int operationId)
    {
        var arena = batch.Arena;
        copy.BeginRow(ColumnCount);
        copy.Value(row.TraceId);
        copy.Value(row.SpanId.ToInt64());
        if (row.ParentSpanId.IsEmpty)
            copy.Null();
        else
            copy.Value(row.ParentSpanId.ToInt64());
        copy.Value(row.StartNs);
        copy.Value(row.DurationNs);
        copy.Value(ids.Services[row.Resource]);
        copy.Value(operationId);
        copy.Value(ids.Resources[row.Resource]);
        copy.Value(ids.Scopes[row.Scope]);
        copy.Value(
            (row.Flags & (FailedSpans.ByResponse - 1))
                | (row.FailedByResponse ? FailedSpans.ByResponse : 0)
                | (batch.Imported ? ImportedFlag : 0)
        );
        copy.Value((short)row.Kind);
        copy.Value((short)row.Status);
        copy.Value(row.Entry);
        if (row.Promoted.HttpResponseStatusCode is { } code)
            copy.Value(code);
        else
            copy.Null();
        if (row.Promoted.ServerPort is { } port)
            copy.Value(port);
        else
            copy.Null();
        for (var i = 0; i < PromotedKeys.TextCount; i++)
            Text(copy, arena, row.Promoted.Texts[i]);
        Text(copy, arena, row.StatusMessage);
        Text(copy, arena, row.TraceState);
        Json(copy, arena, row.Attributes);
        Json(copy, arena, row.Events);
        Json(copy, arena, row.Links);
        if (row.Weight > 1)
            copy.Value(row.Weight);
        else
            copy.Null();
    }

    public static void Text(CopyBuffer copy, Utf8Buffer arena, TextSlice slice)
    {
        if (slice.IsAbsent)
            copy.Null();
        else
            copy.Bytes(arena[slice]);
    }

    public static void Json(CopyBuffer copy, Utf8Buffer arena, TextSlice slice)
    {
        if (slice.IsAbsent)
            copy.Null();
        else
            copy.Json(arena[slice]);
    }
}

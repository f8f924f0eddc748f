using System.Text.Json;
using Copilot.Ingest;

namespace Copilot.Cli.Importing;

/// <summary>One export request in JSON: where its array of resources is, and how many items it holds.</summary>
/// <param name="Start">The first byte within the array's brackets.</param>
/// <param name="Length">Bytes between the brackets.</param>
internal readonly record struct OtlpLine(Signal Signal, int Start, int Length, int Items)
{
    private const int ItemsDepth = 5;
    private const int PointsDepth = 8;

    /// <summary>Null where the JSON holds none of OTLP's three requests.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static OtlpLine? Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        OtlpLine? found = null;
        var items = 0;
        var counting = -1;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName when reader.CurrentDepth == 1 && found is null && SignalOf(ref reader) is { } signal:
                    reader.Read();
                    if (reader.TokenType == JsonTokenType.StartArray)
                        found = new OtlpLine(signal, (int)reader.BytesConsumed, -1, 0);
                    break;
                case JsonTokenType.PropertyName when counting < 0 && Counted(ref reader):
                    counting = reader.CurrentDepth;
                    break;
                case JsonTokenType.StartObject when counting >= 0 && reader.CurrentDepth == counting + 1:
                    items++;
                    break;
                case JsonTokenType.EndArray when counting >= 0 && reader.CurrentDepth == counting:
                    counting = -1;
                    break;
                case JsonTokenType.EndArray when reader.CurrentDepth == 1 && found is { Length: < 0 } open:
                    found = open with { Length = (int)reader.TokenStartIndex - open.Start };
                    break;
                default:
                    break;
            }
        }

        return found is { } line ? line with { Items = items } : null;
    }

    private static Signal? SignalOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("resourceSpans"u8) ? Signal.Traces
        : reader.ValueTextEquals("resourceLogs"u8) ? Signal.Logs
        : reader.ValueTextEquals("resourceMetrics"u8) ? Signal.Metrics
        : null;

    private static bool Counted(ref Utf8JsonReader reader) =>
        reader.CurrentDepth switch
        {
            ItemsDepth => reader.ValueTextEquals("spans"u8) || reader.ValueTextEquals("logRecords"u8),
            PointsDepth => reader.ValueTextEquals("dataPoints"u8),
            _ => false,
        };
}

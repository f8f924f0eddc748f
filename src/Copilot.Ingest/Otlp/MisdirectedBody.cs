using System.Text.Json;

namespace Copilot.Ingest.Otlp;

/// <summary>Tells JSON that is well made and something else than the signal it was sent as: OTLP ignores members that it does not know, so
/// that it would be an empty request, taken without a word.</summary>
internal static class MisdirectedBody
{
    /// <summary>What it is and where it belongs; null where it may be what it was sent as.</summary>
    public static string? Told(ReadOnlySpan<byte> json, Signal signal)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read())
                return null;
            if (reader.TokenType == JsonTokenType.StartArray)
                return reader.Read() && reader.TokenType == JsonTokenType.StartObject && Has(ref reader, "traceId"u8)
                    ? "This looks like Zipkin's version 2: POST it to /api/v2/spans."
                    : null;
            if (reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals(signal.ResourcesName()))
                    return null;
                foreach (var other in SignalNames.All.Where(other => other != signal))
                {
                    if (reader.ValueTextEquals(other.ResourcesName()))
                        return $"These are {other.Label()}: POST them to {other.HttpPath()}.";
                }

                if (reader.ValueTextEquals("data"u8) && signal == Signal.Traces)
                    return "This looks like Jaeger's JSON: POST it to /api/traces, or bring the file in with copilot import.";
                if (reader.ValueTextEquals("resource_spans"u8) || reader.ValueTextEquals("batches"u8))
                    return "OTLP's JSON has its names in lowerCamelCase: resourceSpans, scopeSpans, spans.";
                reader.Skip();
            }
        }
        // A name with half a character in it cannot be compared at all.
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // What is wrong with it the decoder says, with its place.
        }

        return null;
    }

    private static bool Has(ref Utf8JsonReader reader, ReadOnlySpan<byte> member)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(member))
                return true;
            reader.Skip();
        }

        return false;
    }
}

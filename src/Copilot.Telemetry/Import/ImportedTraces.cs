using System.Text.Json;

namespace Copilot.Telemetry.Import;

/// <summary>Turns other tracers' JSON into OTLP's: Jaeger's API and UI format, and Zipkin's v2.</summary>
public static class ImportedTraces
{
    /// <summary>
    /// One OTLP/JSON trace request with the file's spans; null where the document is neither Jaeger's nor Zipkin's (OTLP, for one).
    /// Throws <see cref="OtlpFormatException"/> where it is no JSON, or one of the two with something that cannot be read.
    /// </summary>
    public static byte[]? ToOtlp(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (ZipkinTraces.IsZipkin(root))
                return ZipkinTraces.ToOtlp(root);
            if (JaegerTraces.IsJaeger(root))
                return JaegerTraces.ToOtlp(root);
            return JaegerTraces.Refusal(root) is { } refusal ? throw new OtlpFormatException(refusal, 0) : null;
        }
        catch (JsonException exception)
        {
            throw new OtlpFormatException($"The file is no JSON: {exception.Message}", exception.BytePositionInLine ?? 0, exception);
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or FormatException and not OtlpFormatException or OverflowException)
        {
            throw new OtlpFormatException(
                $"The file looks like traces, but holds a value of the wrong kind: {exception.Message}",
                exception
            );
        }
    }
}

using System.Text.Json;
using Copilot.Store.Reads.Details;

namespace Copilot.Web.Api.Traces;

/// <param name="Severity">OTLP's number: 17 or more is an error.</param>
public sealed record AssembledLog(DateTimeOffset Time, string Service, int Severity, string? SeverityText, string Body, JsonElement Attributes)
{
    public static AssembledLog Of(LogDetail log) => new(log.Time, log.Service, log.Severity, log.SeverityText, log.Body, log.Attributes);
}

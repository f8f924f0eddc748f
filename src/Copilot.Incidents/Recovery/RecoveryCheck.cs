using System.Globalization;
using Copilot.Incidents.Guide;
using Copilot.Incidents.Troubles;

namespace Copilot.Incidents.Recovery;

/// <summary>How one sees that a service is well again.</summary>
/// <param name="Measure">error_rate (0 to 1) or p95 (milliseconds).</param>
/// <param name="Below">The line that made the service count as affected; under it, it no longer would.</param>
/// <param name="Query">TraceQL that shows its requests.</param>
public sealed record RecoveryCheck(string Service, string Measure, double Below, string Query)
{
    private const int Most = 8;

    /// <summary>The same lines that made the services count as affected.</summary>
    public static IReadOnlyList<RecoveryCheck> Of(Trouble trouble) => [.. trouble.Affected.Take(Most).SelectMany(Of)];

    /// <summary>"the error rate of `checkout` is below 1.2 %", as Markdown.</summary>
    public string Text => Measure == "error_rate"
        ? string.Create(CultureInfo.InvariantCulture, $"the error rate of {Hostile.Code(Service)} is below {Below * 100:0.##} %")
        : string.Create(CultureInfo.InvariantCulture, $"the p95 of {Hostile.Code(Service)} is below {Below:0} ms");

    private static IEnumerable<RecoveryCheck> Of(TroubleService service)
    {
        var query = $"{{ {ServiceCondition.Of(Hostile.Line(service.Service))} }}";
        if (service.Failing)
            yield return new RecoveryCheck(service.Service, "error_rate", Math.Max(service.ErrorRateBefore * 3, service.ErrorRateBefore + 0.005), query);
        if (service.Slow)
            yield return new RecoveryCheck(service.Service, "p95", Math.Max(service.P95MsBefore * 1.5, service.P95MsBefore + 25), query);
    }
}

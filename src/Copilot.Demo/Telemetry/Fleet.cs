using System.Collections.Concurrent;
using Copilot.Demo.Faults;

namespace Copilot.Demo.Telemetry;

/// <summary>All pods that have run so far, each with its own SDK; a deploy adds new ones.</summary>
internal sealed class Fleet(Uri endpoint) : IDisposable
{
    private readonly ConcurrentDictionary<(string Service, string Version, int Number), PodTelemetry> pods = new();

    public PodTelemetry Of(ServingPod pod) =>
        pods.GetOrAdd((pod.Service.Name, pod.Version, pod.Number), _ => new PodTelemetry(pod, endpoint));

    public void Flush()
    {
        foreach (var pod in pods.Values)
            pod.Flush();
    }

    public void Dispose()
    {
        foreach (var pod in pods.Values)
            pod.Dispose();
    }
}

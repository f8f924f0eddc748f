using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;

namespace Copilot.Instrument.Tests.Running;

/// <summary>Takes OTLP as JSON over HTTP and keeps the spans, each with the name of its service.</summary>
internal sealed class SpanReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _loop;

    public SpanReceiver()
    {
        Endpoint = $"http://127.0.0.1:{FreePorts.Take()}";
        _listener.Prefixes.Add(Endpoint + "/");
        _listener.Start();
        _loop = Task.Run(ReceiveAsync);
    }

    public string Endpoint { get; }

    public ConcurrentBag<(string Service, string Name, int Kind)> Spans { get; } = [];

    public void Dispose()
    {
        _listener.Close();
        _loop.GetAwaiter().GetResult();
    }

    private async Task ReceiveAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception failure) when (failure is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            var text = await reader.ReadToEndAsync();
            if (context.Request.Url!.AbsolutePath == "/v1/traces")
                Keep(JsonNode.Parse(text)!);
            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync("{}"u8.ToArray());
            context.Response.Close();
        }
    }

    private void Keep(JsonNode request)
    {
        foreach (var resource in request["resourceSpans"]!.AsArray())
        {
            var service = resource!["resource"]!["attributes"]!.AsArray().First(a => (string?)a!["key"] == "service.name")!["value"]![
                "stringValue"
            ]!;
            foreach (var span in resource["scopeSpans"]!.AsArray().SelectMany(scope => scope!["spans"]!.AsArray()))
                Spans.Add(((string)service!, (string)span!["name"]!, (int)span["kind"]!));
        }
    }
}

using System.IO.Compression;

namespace Copilot.EndToEnd.App;

/// <summary>Files with the names that documents give them, for their commands to work on.</summary>
internal static class SampleFiles
{
    public static void Write(string folder)
    {
        var now = DateTimeOffset.UtcNow.AddMinutes(-2);
        var start = now.ToUnixTimeMilliseconds() * 1_000_000;
        var line = $$$$"""
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"payments"}}]},"scopeSpans":[{"spans":[
            {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"POST /charges","kind":2,
            "startTimeUnixNano":"{{{{start}}}}","endTimeUnixNano":"{{{{start + 5_000_000}}}}","status":{}}]}]}]}
            """.Replace("\n", "", StringComparison.Ordinal);
        using (var file = File.Create(Path.Combine(folder, "telemetry.otlp.jsonl.gz")))
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        using (var writer = new StreamWriter(gzip))
            writer.WriteLine(line);
        File.WriteAllText(
            Path.Combine(folder, "changes.jsonl"),
            $$"""{"time":"{{now:yyyy-MM-ddTHH:mm:ssZ}}","service":"payments","kind":"deploy","version":"2.5.0"}""" + "\n"
        );
        Directory.CreateDirectory(Path.Combine(folder, "catalog"));
        File.WriteAllText(
            Path.Combine(folder, "catalog", "payments.yaml"),
            """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: { name: payments }
            spec: { type: service, lifecycle: production, owner: team-payments }
            """
        );
        Directory.CreateDirectory(Path.Combine(folder, "deploy"));
        File.WriteAllText(
            Path.Combine(folder, "deploy", "payments.yaml"),
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: payments }
            spec: { template: { spec: { containers: [{ name: payments, image: "eclipse-temurin:21-jre" }] } } }
            """
        );
        Directory.CreateDirectory(Path.Combine(folder, "runbooks"));
        File.WriteAllText(Path.Combine(folder, "runbooks", "payments.md"), "# Payments\n\n1. Roll the deploy back.\n");
    }
}

using System.Net;
using Copilot.Ingest.Senders;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Copilot.Web.Hosting;

/// <summary>For whom a port is.</summary>
public enum DoorKind
{
    /// <summary>The whole app over HTTP: pages, API, and telemetry for what brings in everything at one address.</summary>
    Browser,

    /// <summary>Senders over HTTP, and nothing else.</summary>
    TelemetryHttp,

    /// <summary>Senders over gRPC, and nothing else.</summary>
    TelemetryGrpc,
}

/// <summary>A port that the app listens on. Each connection carries the door it came through; what no door serves is not there.</summary>
public sealed record Door(DoorKind Kind, IPAddress Address, int Port)
{
    /// <summary>Without TLS a port speaks HTTP/1.1 or HTTP/2, not both; gRPC needs the latter.</summary>
    public HttpProtocols Protocols => Kind == DoorKind.TelemetryGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1;

    public bool IsThisMachineOnly => IPAddress.IsLoopback(Address);

    public static bool Serves(DoorKind kind, Endpoint endpoint)
    {
        var intake = endpoint.Metadata.GetMetadata<IntakeMetadata>();
        return kind switch
        {
            DoorKind.Browser => intake is not { Transport: IntakeTransport.Grpc },
            DoorKind.TelemetryHttp => intake is { Transport: IntakeTransport.Http },
            _ => intake is { Transport: IntakeTransport.Grpc },
        };
    }
}

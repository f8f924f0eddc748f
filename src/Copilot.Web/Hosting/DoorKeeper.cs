using System.Net;
using Copilot.Ingest;
using Copilot.Ingest.Monitoring;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Net.Http.Headers;

namespace Copilot.Web.Hosting;

/// <summary>Lets through a door what it serves. The door is a property of the connection, so nothing in a request can choose it.</summary>
internal static class DoorKeeper
{
    /// <summary>Who may be asked for by name; before anything is looked up.</summary>
    public static IApplicationBuilder UseHostNames(this IApplicationBuilder app)
    {
        var names = app.ApplicationServices.GetRequiredService<HostNames>();
        return app.Use(
            (http, next) =>
                http.Features.Get<Door>() is { Kind: not DoorKind.Browser }
                || names.Knows(http.Request.Headers.Host.ToString(), http.Connection.LocalIpAddress)
                    ? next(http)
                    : Results
                        .Problem(
                            "Under this name the app is not known. Besides localhost and the address it listens on, its names are those of "
                                + "Hosting__Hosts__0 and Incidents__PublicUrl.",
                            statusCode: StatusCodes.Status421MisdirectedRequest,
                            title: "Unknown host"
                        )
                        .ExecuteAsync(http)
        );
    }

    /// <summary>After routing. A connection without a door came through a listener that nobody here opened: it gets nothing.</summary>
    public static IApplicationBuilder UseDoors(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                var door = http.Features.Get<Door>();
                var served = http.GetEndpoint() is { } endpoint
                    ? door is not null && Door.Serves(door.Kind, endpoint)
                    : door?.Kind == DoorKind.Browser;
                // A page may be posted to; the port of telemetry has none.
                var lost = HttpMethods.IsPost(http.Request.Method) && (http.Request.Path != "/" || door?.Kind == DoorKind.TelemetryHttp);
                var mistake = lost ? SenderMistakes.OfPath(http.Request.Path) : null;
                if (mistake is not null)
                    http.RequestServices.GetRequiredService<IngestMonitor>().Mistakes.Note(mistake);
                else if (served)
                    return next(http);
                return Results
                    .Problem(
                        mistake ?? "This port takes telemetry and nothing else, or is none of the app's own.",
                        statusCode: StatusCodes.Status404NotFound,
                        title: "Not on this port"
                    )
                    .ExecuteAsync(http);
            }
        );
}

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

/// <summary>
/// The one type of body that an endpoint takes: JSON, unless its metadata names another. What a browser sends to anybody without asking
/// first (<c>text/plain</c>, forms) is not taken by being read as something else.
/// </summary>
public sealed record BodyType(string Name)
{
    public static readonly BodyType Json = new("application/json");

    public static readonly BodyType Form = new("application/x-www-form-urlencoded");

    /// <summary>Null where the protocol behind the endpoint judges for itself: telemetry's, and that of the pages' connection.</summary>
    public static BodyType? Of(Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IntakeMetadata>() is { OwnRefusals: true } || IsPageConnection(endpoint))
            return null;
        return endpoint.Metadata.GetMetadata<BodyType>() ?? Json;
    }

    /// <summary>A type that is given has to be the right one, in UTF-8; none need be given where there is no body.</summary>
    public bool Fits(HttpRequest request, bool hasBody)
    {
        if (string.IsNullOrEmpty(request.ContentType))
            return !hasBody;
        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals(Name, StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Blazor's circuit, which sends text, bytes and forms as its transport needs. Told by the endpoint's own template.</summary>
    private static bool IsPageConnection(Endpoint endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } template }
        && $"{template.TrimStart('/')}/".StartsWith("_blazor/", StringComparison.Ordinal);
}

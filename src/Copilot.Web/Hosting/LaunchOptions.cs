using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Copilot.Web.Hosting;

/// <summary>What the command line asks for: <c>[--empty] [--port N] [--data DIR] [--listen ADDRESS]</c>; the rest is ASP.NET's.</summary>
public sealed record LaunchOptions
{
    public const int BrowserPort = 5080;
    public const int OtlpHttpPort = 4318;
    public const int OtlpGrpcPort = 4317;

    /// <summary>Everything on this port and OTLP/gRPC on the one a thousand up; the three usual ports where null.</summary>
    public int? Port { get; init; }

    /// <summary>Where the managed Postgres keeps its files.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Loopback unless told otherwise: the app has no log-in of its own.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Nothing pretends to be a shop: the demo is not to be expected here.</summary>
    public bool Empty { get; init; }

    /// <summary>The arguments that are not the app's own.</summary>
    public string[] Rest { get; init; } = [];

    /// <exception cref="ArgumentException">An option lacks its value, or the value is not one.</exception>
    public static LaunchOptions Parse(string[] arguments)
    {
        var options = new LaunchOptions();
        var rest = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            var (name, inline) = Split(arguments[i]);
            string Value() => inline ?? (++i < arguments.Length ? arguments[i] : throw new ArgumentException($"{name} needs a value."));
            switch (name)
            {
                case "--empty":
                    options = options with { Empty = true };
                    break;
                case "--port":
                    options = options with { Port = ParsePort(Value()) };
                    break;
                case "--data":
                    options = options with { DataFolder = Path.GetFullPath(Value()) };
                    break;
                case "--listen":
                    options = options with { Listen = ParseAddress(Value()) };
                    break;
                default:
                    rest.Add(arguments[i]);
                    break;
            }
        }

        return options with { Rest = [.. rest] };
    }

    /// <summary>Every endpoint is told to Kestrel here, so that none is opened by accident.</summary>
    public void ApplyTo(WebApplicationBuilder builder)
    {
        if (DataFolder is not null)
            builder.Configuration["Store:DataFolder"] = DataFolder;

        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var (port, protocols) in Endpoints())
                kestrel.Listen(Listen, port, endpoint => endpoint.Protocols = protocols);
        });
    }

    /// <summary>Without TLS a port speaks HTTP/1.1 or HTTP/2, not both; gRPC needs the latter.</summary>
    public IEnumerable<(int Port, HttpProtocols Protocols)> Endpoints() => Port is { } port
        ? [(port, HttpProtocols.Http1), (port + 1000, HttpProtocols.Http2)]
        : [(BrowserPort, HttpProtocols.Http1), (OtlpHttpPort, HttpProtocols.Http1), (OtlpGrpcPort, HttpProtocols.Http2)];

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && argument.StartsWith("--", StringComparison.Ordinal)
            ? (argument[..equals], argument[(equals + 1)..])
            : (argument, null);
    }

    private static int ParsePort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 64535
            ? port
            : throw new ArgumentException($"--port is 1 to 64535, since OTLP/gRPC gets the port a thousand up; '{text}' is not.");

    private static IPAddress ParseAddress(string text) =>
        IPAddress.TryParse(text, out var address) ? address : throw new ArgumentException($"--listen takes an IP address; '{text}' is none.");
}

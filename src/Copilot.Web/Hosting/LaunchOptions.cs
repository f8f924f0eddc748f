using System.Globalization;
using System.Net;
using Copilot.Ingest;

namespace Copilot.Web.Hosting;

/// <summary>
/// What the command line asks for: <c>[--empty] [--port N] [--data DIR] [--listen ADDRESS] [--listen-intake ADDRESS] [--routes]</c>;
/// the rest is ASP.NET's.
/// </summary>
public sealed record LaunchOptions
{
    public const int BrowserPort = 5080;
    public const int OtlpHttpPort = 4318;
    public const int OtlpGrpcPort = 4317;

    /// <summary>Everything on this port and OTLP/gRPC on the one a thousand up; the three usual ports where null.</summary>
    public int? Port { get; init; }

    /// <summary>Where the managed Postgres keeps its files.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Where it listens besides 127.0.0.1; <see cref="ListenRules"/> says under which conditions beyond this machine.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>The same for the telemetry's ports alone; as <see cref="Listen"/> where null.</summary>
    public IPAddress? ListenIntake { get; init; }

    /// <summary>Lists the endpoints and ends, without opening anything.</summary>
    public bool Routes { get; init; }

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
                    options = options with { Listen = ParseAddress(name, Value()) };
                    break;
                case "--listen-intake":
                    options = options with { ListenIntake = ParseAddress(name, Value()) };
                    break;
                case "--routes":
                    options = options with { Routes = true };
                    break;
                default:
                    rest.Add(arguments[i]);
                    break;
            }
        }

        return options with { Rest = [.. rest] };
    }

    /// <summary>Every port is told to Kestrel here: what comes in elsewhere has no door and is served nothing.</summary>
    /// <exception cref="ArgumentException">A port must not be opened like this.</exception>
    public void ApplyTo(WebApplicationBuilder builder)
    {
        var hosting = builder.Configuration.GetSection("Hosting").Get<HostingOptions>() ?? new HostingOptions();
        ListenRules.Check(this, hosting, builder.Configuration.GetSection("Ingest").Get<IngestOptions>() ?? new IngestOptions());
        builder.Services.AddSingleton(this).AddSingleton(hosting).AddSingleton<HostNames>();
        if (DataFolder is not null)
            builder.Configuration["Store:DataFolder"] = DataFolder;

        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var door in Doors())
            {
                kestrel.Listen(door.Address, door.Port, listener =>
                {
                    listener.Protocols = door.Protocols;
                    listener.Use(next => connection =>
                    {
                        connection.Features.Set(door);
                        return next(connection);
                    });
                });
            }
        });
    }

    /// <summary>This machine's own address is always among them: what runs beside the app need not know where else it listens.</summary>
    public IEnumerable<Door> Doors() =>
        Port is { } port
            ? [.. At(DoorKind.Browser, Listen, port), .. At(DoorKind.TelemetryGrpc, ListenIntake ?? Listen, port + 1000)]
            :
            [
                .. At(DoorKind.Browser, Listen, BrowserPort),
                .. At(DoorKind.TelemetryHttp, ListenIntake ?? Listen, OtlpHttpPort),
                .. At(DoorKind.TelemetryGrpc, ListenIntake ?? Listen, OtlpGrpcPort),
            ];

    private static IEnumerable<Door> At(DoorKind kind, IPAddress address, int port)
    {
        if (!address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any) && !address.Equals(IPAddress.Loopback))
            yield return new Door(kind, IPAddress.Loopback, port);
        yield return new Door(kind, address, port);
    }

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

    private static IPAddress ParseAddress(string name, string text) =>
        IPAddress.TryParse(text, out var address) ? address : throw new ArgumentException($"{name} takes an IP address; '{text}' is none.");
}

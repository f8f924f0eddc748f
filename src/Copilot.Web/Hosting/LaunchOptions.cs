using System.Globalization;
using System.Net;
using Copilot.Access;
using Copilot.Ingest;
using Copilot.Ingest.Monitoring;
using Copilot.TraceQL.Checking;

namespace Copilot.Web.Hosting;

/// <summary>
/// What the command line asks for: <c>[--empty] [--port N] [--data DIR] [--listen ADDRESS] [--listen-intake ADDRESS] [--routes]
/// [--backup FILE] [--restore FILE] [--settings] [--version]</c>; settings (<c>--Section:Name=value</c>) and ASP.NET's own pass on.
/// </summary>
public sealed record LaunchOptions
{
    public const int BrowserPort = 5080;
    public const int OtlpHttpPort = 4318;
    public const int OtlpGrpcPort = 4317;

    private static readonly string[] Options =
    [
        "--empty",
        "--port",
        "--data",
        "--listen",
        "--listen-intake",
        "--backup",
        "--restore",
        "--routes",
        "--settings",
        "--version",
    ];

    /// <summary>What a host is told about itself.</summary>
    private static readonly string[] HostKeys =
    [
        WebHostDefaults.ApplicationKey,
        WebHostDefaults.ContentRootKey,
        WebHostDefaults.EnvironmentKey,
        WebHostDefaults.WebRootKey,
        WebHostDefaults.DetailedErrorsKey,
        WebHostDefaults.HostingStartupAssembliesKey,
        WebHostDefaults.HostingStartupExcludeAssembliesKey,
        WebHostDefaults.PreventHostingStartupKey,
        WebHostDefaults.StaticWebAssetsKey,
        WebHostDefaults.ShutdownTimeoutKey,
    ];

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

    /// <summary>Prints the page of all settings and ends, without opening anything.</summary>
    public bool Settings { get; init; }

    /// <summary>Prints the product's version and ends.</summary>
    public bool Version { get; init; }

    /// <summary>Writes the whole store to this file and ends; a copilot may run on it meanwhile.</summary>
    public string? Backup { get; init; }

    /// <summary>Fills an empty store from this file and ends.</summary>
    public string? Restore { get; init; }

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
                case "--backup":
                    options = options with { Backup = Path.GetFullPath(Value()) };
                    break;
                case "--restore":
                    options = options with { Restore = Path.GetFullPath(Value()) };
                    break;
                case "--settings":
                    options = options with { Settings = true };
                    break;
                case "--version":
                    options = options with { Version = true };
                    break;
                // A test host names the sections above its settings like this; it sets nothing.
                case var _ when inline is "":
                    break;
                default:
                    rest.Add($"{PassedOn(name)}={Value()}");
                    break;
            }
        }

        return options with
        {
            Rest = [.. rest],
        };
    }

    /// <summary>Every port is told to Kestrel here: what comes in elsewhere has no door and is served nothing.</summary>
    /// <exception cref="ArgumentException">A port must not be opened like this.</exception>
    public void ApplyTo(WebApplicationBuilder builder)
    {
        var hosting = builder.Configuration.GetSection("Hosting").Get<HostingOptions>() ?? new HostingOptions();
        var signIn = builder.Configuration.GetSection("SignIn").Get<SignInOptions>() ?? new SignInOptions();
        ListenRules.Check(this, signIn, builder.Configuration.GetSection("Ingest").Get<IngestOptions>() ?? new IngestOptions());
        builder.Services.AddSingleton(this).AddSingleton(hosting).AddSingleton<HostNames>();
        if (DataFolder is not null)
            builder.Configuration["Store:DataFolder"] = DataFolder;

        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var door in Doors())
            {
                kestrel.Listen(
                    door.Address,
                    door.Port,
                    listener =>
                    {
                        listener.Protocols = door.Protocols;
                        listener.Use(next =>
                            new ProtocolCheck(
                                next,
                                door,
                                kestrel.ApplicationServices.GetRequiredService<IngestMonitor>().Mistakes
                            ).HandleAsync
                        );
                    }
                );
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

    /// <summary>The name of a setting, however its sections are set apart, or of something that ASP.NET reads.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    private static string PassedOn(string name)
    {
        var bare = name.StartsWith("--", StringComparison.Ordinal) ? name[2..].Replace("__", ":", StringComparison.Ordinal) : "";
        if (bare.Contains(':', StringComparison.Ordinal) || HostKeys.Contains(bare, StringComparer.OrdinalIgnoreCase))
            return "--" + bare;
        var meant = DidYouMean.Closest(name, Options);
        throw new ArgumentException(
            $"There is no option {name}; {(meant is null ? $"there are {string.Join(", ", Options)}" : $"did you mean {meant}?")}"
                + (meant is null ? ", and settings as --Section:Name=value." : "")
        );
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

/// <summary>Who may come in through which door. Beyond this machine a door is opened only where something asks who it is.</summary>
public static class ListenRules
{
    /// <exception cref="ArgumentException">A door would be open to other machines with nobody asking; it says what to do.</exception>
    public static void Check(LaunchOptions launch, SignInOptions signIn, IngestOptions ingest)
    {
        foreach (var door in launch.Doors().Where(door => !door.IsThisMachineOnly))
        {
            if (launch.Port is not null)
            {
                throw new ArgumentException(
                    $"--port puts everything on one port, which is for this machine alone: leave it out to listen on {door.Address}."
                );
            }

            if (door.Kind == DoorKind.Browser && signIn.Mode == SignInMode.SingleUser)
            {
                throw new ArgumentException(
                    $"Nobody would be asked who they are: to open port {door.Port} on {door.Address}, have people sign in with "
                        + "SignIn__Oidc__Authority or, behind a proxy that does it, SignIn__Proxy__UserHeader "
                        + "(telemetry alone is opened with --listen-intake)."
                );
            }

            if (door.Kind != DoorKind.Browser && !HasKeys(ingest) && signIn.Mode == SignInMode.SingleUser)
            {
                throw new ArgumentException(
                    $"Anybody could send telemetry: to open port {door.Port} on {door.Address}, give each sender a key with "
                        + "Ingest__Keys__NAME=secret, or keep these ports on this machine with --listen-intake 127.0.0.1."
                );
            }
        }
    }

    /// <summary>One line for each door: what is open, and to whom.</summary>
    public static IEnumerable<string> Describe(LaunchOptions launch, SignInOptions signIn, IngestOptions ingest) =>
        launch
            .Doors()
            .Select(door =>
            {
                var scheme = door.Kind == DoorKind.TelemetryGrpc ? "" : "http://";
                var what = door.Kind switch
                {
                    DoorKind.Browser => "pages, API and telemetry",
                    DoorKind.TelemetryHttp => "telemetry by OTLP/HTTP and Zipkin, changes",
                    _ => "telemetry by OTLP/gRPC",
                };
                var who = door switch
                {
                    { Kind: DoorKind.Browser } when signIn.Mode == SignInMode.OpenIdConnect =>
                        $"people who sign in at {signIn.Oidc.Authority!.Host}, and programs with a key",
                    { Kind: DoorKind.Browser } when signIn.Mode == SignInMode.Proxy =>
                        "people whom the proxy names, and programs with a key",
                    { IsThisMachineOnly: true } => "every user of this machine, without a log-in",
                    _ => $"senders with a key ({string.Join(", ", Senders(ingest).Append("those made here"))})",
                };
                return $"Open: {scheme}{new System.Net.IPEndPoint(door.Address, door.Port)} ({what}) to {who}.";
            });

    private static bool HasKeys(IngestOptions ingest) => Senders(ingest).Any();

    private static IEnumerable<string> Senders(IngestOptions ingest) =>
        ingest.Keys.Where(key => key.Value.Length > 0).Select(key => key.Key).Order(StringComparer.Ordinal);
}

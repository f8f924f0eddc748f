using Copilot.Ingest;

namespace Copilot.Web.Hosting;

/// <summary>Who may come in through which door. Beyond this machine a door is opened only where something asks who it is.</summary>
public static class ListenRules
{
    /// <exception cref="ArgumentException">A door would be open to other machines with nobody asking; it says what to do.</exception>
    public static void Check(LaunchOptions launch, HostingOptions hosting, IngestOptions ingest)
    {
        foreach (var door in launch.Doors().Where(door => !door.IsThisMachineOnly))
        {
            if (launch.Port is not null)
            {
                throw new ArgumentException(
                    $"--port puts everything on one port, which is for this machine alone: leave it out to listen on {door.Address}.");
            }

            if (door.Kind == DoorKind.Browser && !hosting.SignInProxy)
            {
                throw new ArgumentException(
                    $"The app has no log-in of its own: to open port {door.Port} on {door.Address}, put a proxy with a sign-in before it and "
                    + "say so with Hosting__SignInProxy=true (telemetry alone is opened with --listen-intake).");
            }

            if (door.Kind != DoorKind.Browser && !HasKeys(ingest))
            {
                throw new ArgumentException(
                    $"Anybody could send telemetry: to open port {door.Port} on {door.Address}, give each sender a key with "
                    + "Ingest__Keys__NAME=secret, or keep these ports on this machine with --listen-intake 127.0.0.1.");
            }
        }
    }

    /// <summary>One line for each door: what is open, and to whom.</summary>
    public static IEnumerable<string> Describe(LaunchOptions launch, IngestOptions ingest) => launch.Doors().Select(door =>
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
            { IsThisMachineOnly: true } => "every user of this machine, without a log-in",
            { Kind: DoorKind.Browser } => "whoever reaches it; Hosting__SignInProxy says that a proxy asks them to sign in",
            _ => $"senders with a key ({string.Join(", ", Senders(ingest))})",
        };
        return $"Open: {scheme}{new System.Net.IPEndPoint(door.Address, door.Port)} ({what}) to {who}.";
    });

    private static bool HasKeys(IngestOptions ingest) => Senders(ingest).Any();

    private static IEnumerable<string> Senders(IngestOptions ingest) =>
        ingest.Keys.Where(key => key.Value.Length > 0).Select(key => key.Key).Order(StringComparer.Ordinal);
}

using System.Runtime.InteropServices;
using Copilot.Demo;

// Copilot.Demo [--copilot URL] [--otlp URL] [--rate N]
// A pretend shop that sends real OTLP and goes wrong on schedule.
var copilot = Option("--copilot", "http://127.0.0.1:5080");
var otlp = Option("--otlp", "http://127.0.0.1:4318");
if (
    !Uri.TryCreate(copilot.TrimEnd('/') + "/", UriKind.Absolute, out var copilotUrl)
    || !Uri.TryCreate(otlp.TrimEnd('/') + "/", UriKind.Absolute, out var otlpUrl)
    || !double.TryParse(Option("--rate", "8"), System.Globalization.CultureInfo.InvariantCulture, out var rate)
    || rate is not (> 0 and <= 500)
)
{
    Console.Error.WriteLine("usage: Copilot.Demo [--copilot URL] [--otlp URL] [--rate REQUESTS_PER_SECOND, above 0, at most 500]");
    return 2;
}

using var stop = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var http = new HttpClient();
using var fleet = new Fleet(otlpUrl);
var publisher = new ShopPublisher(http, copilotUrl);
var traffic = new ShopTraffic(fleet, publisher, Schedule.Default, TimeProvider.System, rate, new Random());
try
{
    await publisher.CatalogAsync(TimeProvider.System.GetUtcNow(), stop.Token);
    var next = traffic.SendPast(ShopTraffic.UsualPast, stop.Token);
    Console.WriteLine("The demo shop is open. The first incident begins in one minute.");
    await traffic.SendPresentAsync(next, stop.Token);
}
catch (OperationCanceledException)
{
    // Asked to stop.
}
catch (HttpRequestException error)
{
    Console.Error.WriteLine(
        $"The copilot at {copilotUrl} cannot be reached: {error.Message}. Start it first (deploy/run.sh), or name it with --copilot."
    );
    return 1;
}

return 0;

string Option(string name, string usual) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : usual;

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}

using System.Diagnostics;
using System.Globalization;
using Copilot.Store;
using Copilot.Store.Server;
using Copilot.Telemetry.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace Copilot.Web.Hosting;

/// <summary><c>--backup FILE</c> and <c>--restore FILE</c>.</summary>
internal static class BackupCommand
{
    /// <exception cref="StoreException">It cannot be; the message says why and what to do.</exception>
    public static async Task RunAsync(LaunchOptions launch, StoreOptions options, string file, TextWriter output)
    {
        var clock = Stopwatch.StartNew();
        var backup = new StoreBackup(options, NullLoggerFactory.Instance, TimeProvider.System);
        if (launch.Backup is not null)
        {
            var length = await backup.SaveAsync(file, CancellationToken.None);
            await output.WriteLineAsync($"The store is in {file} ({Quantity.Bytes(length)}, {Seconds(clock)}).");
        }
        else
        {
            await backup.RestoreAsync(file, CancellationToken.None);
            await output.WriteLineAsync($"The store is filled from {file} ({Seconds(clock)}): start the copilot on it.");
        }
    }

    private static string Seconds(Stopwatch clock) => string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0.0} s");
}

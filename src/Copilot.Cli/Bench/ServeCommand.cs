using System.CommandLine;
using System.Net;
using Copilot.Ingest;
using Copilot.Store;
using Copilot.Store.Measuring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Copilot.Cli.Bench;

/// <summary><c>copilot bench serve</c>: the product's intake and store without its pages, for the bench; ends when its input does.</summary>
internal static class ServeCommand
{
    public const string ReadyLine = "ready";

    public static Command Create()
    {
        var data = new Option<string>("--data") { Required = true };
        var port = new Option<int>("--port") { Required = true };
        var grpcPort = new Option<int>("--grpc-port") { Required = true };
        var command = new Command("serve", "The server that 'bench ingest' measures.") { data, port, grpcPort };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetValue(data)!, parsed.GetValue(port), parsed.GetValue(grpcPort), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string folder, int port, int grpcPort, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["Store:DataFolder"] = folder;
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, endpoint => endpoint.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, grpcPort, endpoint => endpoint.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddStore(builder.Configuration);
        builder.Services.AddIngest(builder.Configuration);
        builder.Services.AddSingleton<CopyYardstick>().AddSingleton<StoreYardstick>();
        await using var app = builder.Build();
        app.MapOtlp();
        app.MapPost("/bench/copy", async (CopyYardstick yardstick, CancellationToken token) => Results.Ok(await yardstick.MeasureAsync(token)));
        app.MapPost("/bench/figures", async (CopyYardstick yardstick, CancellationToken token) => Results.Ok(await yardstick.ReadFiguresAsync(token)));
        app.MapPost("/bench/empty", async (CopyYardstick yardstick, CancellationToken token) =>
        {
            await yardstick.EmptyAsync(token);
            return Results.Ok(await yardstick.ReadFiguresAsync(token));
        });
        app.MapPost("/bench/traces", async (StoreYardstick yardstick, CancellationToken token) => Results.Ok(await yardstick.MeasureTracesAsync(token)));
        app.MapPost("/bench/red", async (StoreYardstick yardstick, CancellationToken token) => Results.Ok(await yardstick.MeasureRedAsync(token)));
        app.MapPost("/bench/settle", (StoreYardstick yardstick, CancellationToken token) => yardstick.SettleAsync(token));
        app.MapPost("/bench/distill", (StoreYardstick yardstick, CancellationToken token) => yardstick.DistillAsync(token));
        await app.StartAsync(cancellationToken);
        Console.WriteLine(ReadyLine);
        while (await Console.In.ReadLineAsync(cancellationToken) is not null)
        {
        }

        await app.StopAsync(CancellationToken.None);
        return 0;
    }
}

using System.CommandLine;
using System.Net;
using Copilot.Ingest;
using Copilot.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Copilot.Benchmarks.Server;

/// <summary><c>serve</c>: the product's intake and store without its pages, for the benchmarks; ends when its input does.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    public const string ReadyLine = "ready";

    public static Command Create()
    {
        var data = new Option<string>("--data") { Required = true };
        var port = new Option<int>("--port") { Required = true };
        var grpcPort = new Option<int>("--grpc-port") { Required = true };
        var command = new Command(Name, "The server that is measured.") { data, port, grpcPort };
        command.Hidden = true;
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(parsed.GetValue(data)!, parsed.GetValue(port), parsed.GetValue(grpcPort), cancellationToken)
        );
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
        MapYardsticks(app);
        await app.StartAsync(cancellationToken);
        Console.WriteLine(ReadyLine);
        while (await Console.In.ReadLineAsync(cancellationToken) is not null) { }

        await app.StopAsync(CancellationToken.None);
        return 0;
    }

    private static void MapYardsticks(WebApplication app)
    {
        app.MapPost("/bench/copy", (CopyYardstick yardstick, CancellationToken token) => yardstick.MeasureAsync(token));
        app.MapPost("/bench/figures", (CopyYardstick yardstick, CancellationToken token) => yardstick.ReadFiguresAsync(token));
        app.MapPost(
            "/bench/empty",
            async (CopyYardstick yardstick, CancellationToken token) =>
            {
                await yardstick.EmptyAsync(token);
                return await yardstick.ReadFiguresAsync(token);
            }
        );
        app.MapPost("/bench/traces", (StoreYardstick yardstick, CancellationToken token) => yardstick.MeasureTracesAsync(token));
        app.MapPost("/bench/red", (StoreYardstick yardstick, CancellationToken token) => yardstick.MeasureRedAsync(token));
        app.MapPost("/bench/settle", (StoreYardstick yardstick, CancellationToken token) => yardstick.SettleAsync(token));
        app.MapPost("/bench/distill", (StoreYardstick yardstick, CancellationToken token) => yardstick.DistillAsync(token));
    }
}

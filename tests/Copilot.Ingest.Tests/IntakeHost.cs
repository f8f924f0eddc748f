using System.Net;
using Copilot.Store;
using Copilot.Store.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Copilot.Ingest.Tests;

/// <summary>The intake on real ports of the loopback: one for HTTP/1.1 and one for gRPC, as the app listens.</summary>
internal sealed class IntakeHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private IntakeHost(WebApplication app)
    {
        this._app = app;
        var addresses = app.Urls.Select(url => new Uri(url)).ToList();
        Http = new HttpClient { BaseAddress = addresses[0] };
        Grpc = addresses[1];
    }

    public HttpClient Http { get; }

    public Uri Grpc { get; }

    /// <param name="writer">What takes the telemetry; null: the store's own.</param>
    /// <param name="database">A database that has been started; null where the test needs none.</param>
    /// <param name="log">What is logged goes there; null: nowhere.</param>
    /// <param name="sender">The address that requests seem to come from; null: where they do come from.</param>
    public static async Task<IntakeHost> StartAsync(
        ITelemetryWriter? writer,
        CopilotDatabase? database = null,
        ILoggerProvider? log = null,
        IPAddress? sender = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (log is not null)
            builder.Logging.AddProvider(log);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddStore(builder.Configuration);
        builder.Services.AddSingleton(database ?? new CopilotDatabase(new StoreOptions(), NullLoggerFactory.Instance, TimeProvider.System));
        if (writer is not null)
            builder.Services.AddSingleton(writer);
        // The fixture, not the host, starts and stops the database, and these tests watch no background work.
        builder.Services.RemoveAll<IHostedService>();
        builder.Services.AddIngest(builder.Configuration);
        var app = builder.Build();
        if (sender is not null)
        {
            app.Use(
                (http, next) =>
                {
                    http.Connection.RemoteIpAddress = sender;
                    return next(http);
                }
            );
        }

        app.MapOtlp();
        app.MapChanges();
        app.MapImport();
        await app.StartAsync();
        return new IntakeHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}

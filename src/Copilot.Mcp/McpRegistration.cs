using Copilot.Models.Engine;
using Copilot.Telemetry.Spans;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;

namespace Copilot.Mcp;

public static class McpRegistration
{
    /// <summary>Where clients find the server.</summary>
    public const string Path = "/mcp";

    /// <summary>The tools for other agents, over HTTP without sessions. Needs the models' tools.</summary>
    public static IServiceCollection AddMcp(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton(provider => new ToolCalls(
            provider.GetRequiredService<ToolDesk>(),
            provider.GetRequiredService<IHttpContextAccessor>(),
            provider.GetRequiredService<ILogger<ToolCalls>>()
        ));
        services
            .AddMcpServer(options =>
            {
                options.ServerInfo = new Implementation
                {
                    Name = "observability-copilot",
                    Title = "Observability copilot",
                    Version = OwnService.Version,
                };
                options.ServerInstructions = Instructions();
            })
            .WithHttpTransport(http => http.SessionMode = HttpServerSessionMode.Stateless)
            .WithListToolsHandler((request, _) => ValueTask.FromResult(request.Services!.GetRequiredService<ToolCalls>().List()))
            .WithCallToolHandler(
                async (request, cancellationToken) =>
                    await request.Services!.GetRequiredService<ToolCalls>().CallAsync(request, cancellationToken)
            );
        return services;
    }

    /// <summary><c>/mcp</c>; who may ask is for whoever maps it to say.</summary>
    public static void MapMcpServer(this IEndpointRouteBuilder app) => app.MapMcp(Path);

    private static string Instructions()
    {
        using var text = new StreamReader(typeof(McpRegistration).Assembly.GetManifestResourceStream("instructions")!);
        return text.ReadToEnd();
    }
}

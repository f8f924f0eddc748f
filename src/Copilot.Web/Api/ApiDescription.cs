using Copilot.Telemetry.Spans;

namespace Copilot.Web.Api;

/// <summary><c>GET /openapi.json</c>: every endpoint of the API with its parameters, made from the endpoints themselves. What bodies hold
/// is told in docs/http-api.md.</summary>
internal static class ApiDescription
{
    public const string Path = "/openapi.json";

    /// <summary>The name of the one document that there is.</summary>
    public const string Document = "v1";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) =>
        services.AddOpenApi(
            Document,
            options =>
            {
                options.ShouldInclude = static endpoint => endpoint.RelativePath?.StartsWith('_') != true;
                options.AddDocumentTransformer(
                    static (document, _, _) =>
                    {
                        document.Info.Title = "Observability copilot";
                        document.Info.Version = OwnService.Version;
                        document.Info.Description =
                            "Times are RFC 3339, durations milliseconds unless a name says otherwise, rates fractions of 1. "
                            + "Errors are RFC 9457 problem bodies. Bodies are described in docs/http-api.md.";
                        return Task.CompletedTask;
                    }
                );
            }
        );
}

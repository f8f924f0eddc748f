namespace Copilot.Web.Hosting;

/// <summary><c>--routes</c>: every endpoint, and behind which doors it is, as tab-separated lines for people and tests.</summary>
internal static class RouteList
{
    /// <summary>Methods (<c>*</c> for any), template, doors, the type of body (<c>-</c> where the protocol judges for itself).</summary>
    public static void Write(IEndpointRouteBuilder app, TextWriter output)
    {
        foreach (var endpoint in Endpoints(app))
        {
            var named = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods;
            var methods = named is { Count: > 0 } ? string.Join(',', named) : "*";
            var doors = string.Join(',', Enum.GetValues<DoorKind>().Where(kind => Door.Serves(kind, endpoint)));
            var template = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
            output.WriteLine(string.Join('\t', methods, template, doors, BodyType.Of(endpoint)?.Name ?? "-"));
        }
    }

    private static IEnumerable<RouteEndpoint> Endpoints(IEndpointRouteBuilder app) =>
        app.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();
}

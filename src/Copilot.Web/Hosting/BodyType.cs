using Copilot.Ingest.Senders;
using Microsoft.Net.Http.Headers;

namespace Copilot.Web.Hosting;

/// <summary>
/// The one type of body that an endpoint takes: JSON, unless its metadata names another. What a browser sends to anybody without asking
/// first (<c>text/plain</c>, forms) is not taken by being read as something else.
/// </summary>
public sealed record BodyType(string Name)
{
    public static readonly BodyType Json = new("application/json");

    public static readonly BodyType Form = new("application/x-www-form-urlencoded");

    /// <summary>Null where the protocol behind the endpoint judges for itself: telemetry's, and that of the pages' connection.</summary>
    public static BodyType? Of(Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IntakeMetadata>() is { OwnRefusals: true } || IsPageConnection(endpoint)) return null;
        return endpoint.Metadata.GetMetadata<BodyType>() ?? Json;
    }

    /// <summary>A type that is given has to be the right one, in UTF-8; none need be given where there is no body.</summary>
    public bool Fits(HttpRequest request, bool hasBody)
    {
        if (string.IsNullOrEmpty(request.ContentType)) return !hasBody;
        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals(Name, StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Blazor's circuit, which sends text, bytes and forms as its transport needs. Told by the endpoint's own template.</summary>
    private static bool IsPageConnection(Endpoint endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } template }
        && $"{template.TrimStart('/')}/".StartsWith("_blazor/", StringComparison.Ordinal);
}

using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Copilot.Web.Tests.Edge;

/// <summary>Requests to every route of an app: methods, addresses, parameters, bodies, encodings and headers, drawn with a fixed
/// seed.</summary>
internal sealed class RequestMatrix(IReadOnlyList<RouteEndpoint> routes, int seed)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "QUERY"];

    private static readonly string[] Parameters =
    [
        "q",
        "start",
        "end",
        "since",
        "step",
        "limit",
        "spss",
        "tags",
        "minDuration",
        "maxDuration",
        "from",
        "to",
        "at",
        "open",
        "url",
        "cursor",
        "scope",
        "service",
        "kind",
        "maxStaleValues",
        "exemplars",
        "keep_hierarchy",
        "match_depth",
        "ancestor_depth",
        "%00",
    ];

    private static readonly string[] ContentTypes =
    [
        "application/json",
        "application/json",
        "application/json",
        "application/json",
        "application/json; charset=utf-8",
        "application/json; charset=utf-7",
        "application/json; charset=\"no-such\"",
        "application/json; charset=utf-16",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/x-protobuf",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "application/grpc",
        "nonsense",
        "",
    ];

    private static readonly (string Name, string Value)[] Headers =
    [
        ("Accept", "application/json"),
        ("Accept", "application/protobuf"),
        ("Accept", "text/html"),
        ("Accept", "nonsense"),
        ("Accept", "*/*;q=9"),
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("Origin", ":"),
        ("Sec-Fetch-Site", "cross-site"),
        ("X-Forwarded-For", "10.9.9.9"),
        ("Authorization", "Bearer \u00e4"),
        ("Authorization", "Basic !!"),
        ("Cookie", "a=\u0001; .AspNetCore.Antiforgery=x"),
        ("Cookie", new string('c', 8000)),
        ("Range", "bytes=9-1"),
        ("If-None-Match", "\""),
        ("If-Modified-Since", "never"),
        ("Accept-Encoding", "br;q=nonsense"),
        ("Accept-Language", "\u00ff"),
        ("Upgrade", "websocket"),
        ("X-HTTP-Method-Override", "DELETE"),
        ("traceparent", "00-zz-zz-zz"),
        ("Last-Event-ID", "-1"),
        ("TE", "trailers"),
        ("X-Copilot-Import", "1"),
    ];

    private readonly Random _random = new(seed);

    /// <summary>Each route so many times; assets, which are many and alike, a tenth of it in all.</summary>
    public IEnumerable<(RouteEndpoint Route, Func<HttpRequestMessage> Request)> Requests(int each)
    {
        var (assets, own) = (routes.Where(IsAsset).ToList(), routes.Where(route => !IsAsset(route)));
        foreach (var route in own.SelectMany(route => Enumerable.Repeat(route, each)).Concat(assets.Take(each / 10)))
        {
            var requestSeed = _random.Next();
            yield return (route, () => Make(route, new Random(requestSeed)));
        }
    }

    /// <summary>Files of the pages: fixed addresses, no code of ours behind them.</summary>
    public static bool IsAsset(RouteEndpoint route) => route.Metadata.Any(item => item.GetType().Name is "StaticAssetDescriptor");

    private static HttpRequestMessage Make(RouteEndpoint route, Random random)
    {
        var own = route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods;
        var method = own is { Count: > 0 } && random.Next(10) < 8 ? own[random.Next(own.Count)] : Pick(Methods, random);
        var request = new HttpRequestMessage(
            new HttpMethod(method),
            new Uri(Path(route.RoutePattern, random) + Query(route, random), UriKind.Relative)
        );
        for (var count = random.Next(3); count > 0; count--)
        {
            var (name, value) = Pick(Headers, random);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (method is not ("GET" or "HEAD" or "OPTIONS") || random.Next(20) == 0)
            AddBody(request, random);
        return request;
    }

    private static string Path(RoutePattern pattern, Random random)
    {
        var path = string.Join(
            '/',
            pattern.PathSegments.Select(segment =>
                string.Concat(
                    segment.Parts.Select(part =>
                        part switch
                        {
                            RoutePatternLiteralPart literal => random.Next(40) == 0 ? literal.Content.ToUpperInvariant() : literal.Content,
                            RoutePatternSeparatorPart separator => separator.Content,
                            RoutePatternParameterPart { ParameterPolicies: [{ Content: "int" }] } => random.Next(3) == 0
                                ? Pick(HostileValues.InAddresses, random)
                                : random.Next(-1, 3).ToString(CultureInfo.InvariantCulture),
                            _ => random.Next(6) switch
                            {
                                0 => "0af7651916cd43dd8448eb211c80319c",
                                1 => new string('9', random.Next(1, 2000)),
                                _ => Pick(HostileValues.InAddresses, random),
                            },
                        }
                    )
                )
            )
        );
        return "/" + path;
    }

    /// <summary>Parameters that routes are known to read, and those that this one's code names: a new one needs no word here.</summary>
    private static string Query(RouteEndpoint route, Random random)
    {
        var declared = route.Metadata.GetMetadata<MethodInfo>()?.GetParameters().Select(p => p.Name!).ToArray() ?? [];
        var names = Enumerable
            .Range(0, random.Next(5))
            .Select(_ => declared.Length > 0 && random.Next(2) == 0 ? Pick(declared, random) : Pick(Parameters, random));
        var text = string.Join('&', names.Select(name => $"{name}={Pick(HostileValues.InAddresses, random)}"));
        return text.Length == 0 ? "" : "?" + text;
    }

    private static void AddBody(HttpRequestMessage request, Random random)
    {
        var body = Pick(HostileValues.Bodies, random);
        var bytes = HostileValues.Bytes(random.Next(4) == 0 ? body : HostileValues.Mutated(body, random), random);
        var encoding = random.Next(12) switch
        {
            0 => "gzip",
            1 => "br",
            2 => "no-such",
            _ => "",
        };
        if (encoding == "gzip" && random.Next(2) == 0)
            bytes = Gzip(bytes);
        var content = new ByteArrayContent(bytes);
        var type = Pick(ContentTypes, random);
        if (type.Length > 0)
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding.Length > 0)
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        request.Content = content;
        request.Headers.TransferEncodingChunked = random.Next(5) == 0 ? true : null;
        if (request.RequestUri!.OriginalString.StartsWith("/slack", StringComparison.OrdinalIgnoreCase) && random.Next(4) > 0)
            Sign(request, bytes);
    }

    private static void Sign(HttpRequestMessage request, byte[] body)
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"v0:{time}:"), .. body];
        request.Headers.Add("X-Slack-Request-Timestamp", time);
        request.Headers.Add(
            "X-Slack-Signature",
            "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(WholeApp.SlackSecret), signed))
        );
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static T Pick<T>(IReadOnlyList<T> from, Random random) => from[random.Next(from.Count)];
}

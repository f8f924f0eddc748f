using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.StaticAssets;

namespace Copilot.Web.Hosting;

/// <summary>
/// Style sheets and scripts: compressed on the way, for those of packages are not at build time, and kept by browsers for good where
/// their address carries a fingerprint of what is in them.
/// </summary>
public static class AssetDelivery
{
    private const string ForGood = "public, max-age=31536000, immutable";

    /// <summary>Assets alone: what holds secrets of a session is not compressed beside what a stranger chose.</summary>
    private static readonly string[] Compressed = ["text/css", "text/javascript", "application/javascript", "image/svg+xml"];

    public static IServiceCollection AddAssetDelivery(this IServiceCollection services) =>
        services
            .Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest)
            .Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest)
            .AddResponseCompression(options =>
            {
                options.EnableForHttps = true;
                options.MimeTypes = Compressed;
                options.Providers.Add<BrotliCompressionProvider>();
                options.Providers.Add<GzipCompressionProvider>();
            });

    public static IApplicationBuilder UseAssetDelivery(this IApplicationBuilder app) =>
        app.UseResponseCompression()
            .Use(
                (http, next) =>
                {
                    if (http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is { } asset && IsFingerprinted(asset))
                        http.Response.OnStarting(() =>
                        {
                            if (http.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified)
                                http.Response.Headers.CacheControl = ForGood;
                            return Task.CompletedTask;
                        });
                    return next(http);
                }
            );

    /// <summary>The same file is there under its plain name too, which may hold something else tomorrow.</summary>
    private static bool IsFingerprinted(StaticAssetDescriptor asset) =>
        asset.Properties.FirstOrDefault(property => property.Name == "fingerprint")?.Value is { Length: > 0 } fingerprint
        && asset.Route.Contains(fingerprint, StringComparison.Ordinal);
}

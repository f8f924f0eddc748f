using System.Globalization;
using System.Threading.RateLimiting;
using Copilot.Access;
using Copilot.Web.Api.Edge;
using Microsoft.AspNetCore.RateLimiting;

namespace Copilot.Web.SignIn;

/// <summary>How much one person, one key, or an address from which nobody made themselves known, may ask for. Senders of telemetry are held
/// back by the intake; the one user of this machine by nothing.</summary>
internal static class RequestLimits
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Stretches of a minute after each of which a part of it is given back.</summary>
    private const int Segments = 6;

    public static IServiceCollection AddRequestLimits(this IServiceCollection services)
    {
        services
            .AddOptions<RateLimiterOptions>()
            .Configure<SignInOptions>(
                static (limiter, options) =>
                {
                    limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                        PartitionedRateLimiter.Create<HttpContext, string>(http => Requests(http, options)),
                        PartitionedRateLimiter.Create<HttpContext, string>(http => Questions(http, options))
                    );
                    limiter.OnRejected = RefuseAsync;
                }
            );
        return services.AddRateLimiter(static _ => { });
    }

    /// <summary>Between who it is and what they may do: guesses at keys are counted too.</summary>
    public static IApplicationBuilder UseRequestLimits(this IApplicationBuilder app) => app.UseRateLimiter();

    private static RateLimitPartition<string> Requests(HttpContext http, SignInOptions options)
    {
        var caller = Caller.Of(http.User);
        var rule = http.GetEndpoint() is { } endpoint ? AccessRules.Of(endpoint) : AccessRule.Open;
        if (caller.Kind == CallerKind.Local || rule == AccessRule.Own || (rule == AccessRule.Open && caller.Kind != CallerKind.Nobody))
            return RateLimitPartition.GetNoLimiter("");
        var who = caller.Kind == CallerKind.Nobody ? $"address {http.Connection.RemoteIpAddress}" : $"{caller.Kind} {caller.Id}";
        return Limited(who, options.RequestsPerMinute);
    }

    private static RateLimitPartition<string> Questions(HttpContext http, SignInOptions options)
    {
        var caller = Caller.Of(http.User);
        var asks =
            http.GetEndpoint() is { } endpoint
            && AccessRules.Of(endpoint).Permission == Permission.Ask
            && caller.Kind is CallerKind.Person or CallerKind.Key;
        return asks ? Limited($"{caller.Kind} {caller.Id}", options.QuestionsPerMinute) : RateLimitPartition.GetNoLimiter("");
    }

    private static RateLimitPartition<string> Limited(string who, int permits) =>
        RateLimitPartition.GetSlidingWindowLimiter(
            who,
            _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = permits,
                Window = Minute,
                SegmentsPerWindow = Segments,
                QueueLimit = 0,
            }
        );

    private static async ValueTask RefuseAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : Minute / Segments;
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await ApiProblem
            .Refused($"That was more in a minute than one may ask for: go on in {seconds} s.", StatusCodes.Status429TooManyRequests)
            .ExecuteAsync(context.HttpContext);
    }
}

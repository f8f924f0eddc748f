using System.Collections.Concurrent;
using Copilot.Access;
using Copilot.Access.Audit;
using Copilot.Answers.Contract;
using Copilot.Incidents.Record;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Copilot.Web.SignIn;

/// <summary>What of all that comes in is written to the audit log, and by whom it was.</summary>
internal static class Recording
{
    /// <summary>Endpoints behind which something records by itself, or whose reading says nothing about anybody.</summary>
    private static readonly string[] Elsewhere =
    [
        "/api/v1/ask",
        "/api/v1/incidents",
        "/api/v1/conversations/{id}/rerun",
        "/api/v1/keys",
        "/api/v1/data",
        "/api/v1/audit-log/export",
        "/api/v1/status",
        "/metrics",
        "/tempo/ready",
        "/tempo/api/echo",
        "/tempo/api/status",
        "/_blazor",
    ];

    /// <summary>Has questions and incidents recorded at the ports that every surface goes through.</summary>
    public static IServiceCollection AddRecording(this IServiceCollection services)
    {
        services.AddSingleton<SeenLately>();
        Around<IIncidents>(services, (inner, provider) => new RecordedIncidents(inner, provider.GetRequiredService<AuditLog>()));
        Around<ICopilot>(services, (inner, provider) => new RecordedCopilot(inner, provider.GetRequiredService<AuditLog>()));
        return services;
    }

    /// <summary>After authorization: what gets here is allowed.</summary>
    public static IApplicationBuilder UseRequestRecord(this IApplicationBuilder app)
    {
        var audit = app.ApplicationServices.GetRequiredService<AuditLog>();
        var seen = app.ApplicationServices.GetRequiredService<SeenLately>();
        return app.Use(
            async (http, next) =>
            {
                var caller = Caller.Of(http.User);
                if (caller.Kind != CallerKind.Nobody)
                    AuditActor.Be(new AuditActor(caller.Label, "api"));
                if (http.GetEndpoint() is RouteEndpoint route && IsRecorded(route))
                {
                    var entry = new AuditEvent(
                        caller.Label,
                        "api",
                        AccessRules.NameOf(route),
                        http.Request.Path + http.Request.QueryString.ToString()
                    );
                    if (!HttpMethods.IsGet(http.Request.Method))
                        await audit.RecordAsync(entry, http.RequestAborted);
                    else if (caller.Kind != CallerKind.Local)
                        seen.Note(entry);
                }

                await next(http);
            }
        );
    }

    /// <summary>By whoever the surface knows to be behind it, or by the name that it passes on.</summary>
    public static AuditEvent By(string name, string action, string target) =>
        AuditActor.Current is { } actor
            ? new AuditEvent(actor.Label == Caller.Local.Label ? $"{name}, {actor.Label}" : actor.Label, actor.Via, action, target)
            : new AuditEvent(name, "room", action, target);

    private static bool IsRecorded(RouteEndpoint route) =>
        AccessRules.Of(route).Permission is not null
        && route.Metadata.GetMetadata<ComponentTypeMetadata>() is null
        && !Elsewhere.Any(begin => $"/{route.RoutePattern.RawText?.TrimStart('/')}".StartsWith(begin, StringComparison.Ordinal));

    private static void Around<T>(IServiceCollection services, Func<T, IServiceProvider, T> make)
        where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T));
        services.Remove(inner);
        services.AddSingleton(provider =>
            make(
                (T)(
                    inner.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!)
                ),
                provider
            )
        );
    }
}

/// <summary>Notes what people look at, once a minute each: a page that draws itself anew is looked at once.</summary>
internal sealed class SeenLately(AuditLog audit, TimeProvider time)
{
    private const int Most = 5_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(string Actor, string Action, string Target), DateTimeOffset> _last = new();

    public void Note(AuditEvent what)
    {
        var (key, now) = ((what.Actor, what.Action, what.Target), time.GetUtcNow());
        if (_last.TryGetValue(key, out var last) && now - last < Pause)
            return;
        if (_last.Count >= Most)
            _last.Clear();
        _last[key] = now;
        audit.Note(what);
    }
}

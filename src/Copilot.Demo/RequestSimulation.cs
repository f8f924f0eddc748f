using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Copilot.Demo;

/// <summary>
/// Walks one customer's request through the shop and records the spans that real services would have: server spans, client spans around
/// them with a network gap on both sides, database and third-party client spans, and a consumer's trace behind a queue.
/// Time is the request's own, so past traffic can be recorded as well as present.
/// </summary>
internal sealed class RequestSimulation(Fleet fleet, Fault? fault, Customer customer, Random random, bool present)
{
    private const int GivenUp = 502;
    private DateTimeOffset _clock;

    /// <summary>Records the request as starting at <paramref name="start"/>; tells when it ended.</summary>
    public DateTimeOffset Run(ShopService service, ShopOperation operation, DateTimeOffset start)
    {
        _clock = start;
        Activity.Current = null;
        Serve(service, operation, ActivityKind.Server, default, null);
        return _clock;
    }

    /// <summary>One entry span with all that is below it. False where the request failed.</summary>
    private bool Serve(ShopService service, ShopOperation operation, ActivityKind kind, ActivityContext parent, ActivityLink? link)
    {
        var version = fault?.VersionOf(service) ?? service.Version;
        var pod = new ServingPod(service, version, random.Next(service.Pods));
        var telemetry = fleet.Of(pod);
        var started = _clock;
        telemetry.Enter();
        using var span = telemetry.Source.StartActivity(operation.Name, kind, parent, links: link is { } l ? [l] : null, startTime: _clock);
        Describe(span, operation, kind);
        var failure = fault?.Fails(pod, operation, customer, random);
        var ok = true;
        foreach (var step in operation.Steps)
        {
            if (step.Share < 1 && random.NextDouble() >= step.Share)
                continue;
            ok = Do(step, pod, telemetry, span) && ok;
            if (failure is not null || !ok)
                break;
        }

        if (failure is not null)
            Fail(span, telemetry, failure);
        var status =
            failure is not null ? 500
            : ok ? 200
            : GivenUp;
        Finish(span, kind, status);
        telemetry.Leave();
        if (present && kind == ActivityKind.Server)
            telemetry.RequestDuration.Record(
                (_clock - started).TotalSeconds,
                new KeyValuePair<string, object?>("http.response.status_code", status)
            );
        return status < 500;
    }

    private void Describe(Activity? span, ShopOperation operation, ActivityKind kind)
    {
        if (kind == ActivityKind.Consumer)
        {
            span?.SetTag("messaging.system", "redis").SetTag("messaging.operation.type", "process");
            return;
        }

        var space = operation.Name.IndexOf(' ', StringComparison.Ordinal);
        span?.SetTag("http.request.method", operation.Name[..space])
            .SetTag("http.route", operation.Name[(space + 1)..])
            .SetTag("url.scheme", "http")
            .SetTag("shop.currency", customer.Currency)
            .SetTag("shop.country", customer.Country);
        if (operation.Name.EndsWith("/search", StringComparison.Ordinal))
            span?.SetTag("search.terms", customer.SearchTerms);
    }

    private bool Do(Step step, ServingPod pod, PodTelemetry telemetry, Activity? span)
    {
        switch (step)
        {
            case Work work:
                Pass(pod, step, work.Milliseconds);
                return true;
            case Query query:
                using (var client = Client(telemetry, query.Statement[..query.Statement.IndexOf(' ', StringComparison.Ordinal)]))
                {
                    client
                        ?.SetTag("db.system.name", query.System)
                        .SetTag("server.address", query.Address)
                        .SetTag("db.query.text", query.Statement);
                    Pass(pod, step, query.Milliseconds);
                    client?.SetEndTime(_clock.UtcDateTime);
                }

                return true;
            case ThirdParty third:
                using (var client = Client(telemetry, third.Method))
                {
                    client
                        ?.SetTag("http.request.method", third.Method)
                        .SetTag("server.address", third.Host)
                        .SetTag("url.full", $"https://{third.Host}{third.Path}")
                        .SetTag("http.response.status_code", 200);
                    Pass(pod, step, third.Milliseconds);
                    client?.SetEndTime(_clock.UtcDateTime);
                }

                return true;
            case ShopCall shopCall:
                return CallOn(shopCall, telemetry);
            case Publish publish:
                Send(publish, telemetry, span);
                return true;
            default:
                throw new InvalidOperationException($"Unknown step {step}.");
        }
    }

    private bool CallOn(ShopCall shopCall, PodTelemetry telemetry)
    {
        using var client = Client(telemetry, shopCall.Operation[..shopCall.Operation.IndexOf(' ', StringComparison.Ordinal)]);
        client?.SetTag("http.request.method", client.OperationName).SetTag("server.address", shopCall.Service).SetTag("server.port", 8080);
        Gap();
        var service = AlpineShop.Services[shopCall.Service];
        var ok = Serve(service, service.Operation(shopCall.Operation), ActivityKind.Server, client?.Context ?? default, null);
        Activity.Current = client;
        Gap();
        client?.SetTag("http.response.status_code", ok ? 200 : 500);
        if (!ok)
            client?.SetTag("error.type", "500").SetStatus(ActivityStatusCode.Error);
        client?.SetEndTime(_clock.UtcDateTime);
        return ok;
    }

    private void Send(Publish publish, PodTelemetry telemetry, Activity? span)
    {
        ActivityContext sent;
        using (
            var producer = telemetry.Source.StartActivity(
                $"send {publish.Queue}",
                ActivityKind.Producer,
                span?.Context ?? default,
                startTime: _clock
            )
        )
        {
            producer
                ?.SetTag("messaging.system", "redis")
                .SetTag("messaging.operation.type", "send")
                .SetTag("messaging.destination.name", publish.Queue);
            Gap();
            producer?.SetEndTime(_clock.UtcDateTime);
            sent = producer?.Context ?? default;
        }

        // The consumer works later, on a clock of its own, in a trace of its own.
        var resume = _clock;
        _clock += TimeSpan.FromMilliseconds(4 + random.NextDouble() * 20);
        Activity.Current = null;
        var consumer = AlpineShop.Services[publish.Consumer];
        Serve(consumer, consumer.Operation(publish.Operation), ActivityKind.Consumer, default, new ActivityLink(sent));
        Activity.Current = span;
        _clock = resume;
    }

    private Activity? Client(PodTelemetry telemetry, string name) =>
        telemetry.Source.StartActivity(name, ActivityKind.Client, Activity.Current?.Context ?? default, startTime: _clock);

    private void Fail(Activity? span, PodTelemetry telemetry, ShopFailure failure)
    {
        span?.SetTag("error.type", failure.ExceptionType)
            .AddEvent(
                new ActivityEvent(
                    "exception",
                    _clock,
                    new ActivityTagsCollection { ["exception.type"] = failure.ExceptionType, ["exception.message"] = failure.Message }
                )
            );
        if (present)
            telemetry.Log.LogError("{ExceptionType}: {ExceptionMessage}", failure.ExceptionType, failure.Message);
    }

    private void Finish(Activity? span, ActivityKind kind, int status)
    {
        if (kind == ActivityKind.Server)
            span?.SetTag("http.response.status_code", status);
        if (status >= 500)
            span?.SetStatus(ActivityStatusCode.Error);
        span?.SetEndTime(_clock.UtcDateTime);
    }

    /// <summary>Time passes: log-normal around the usual duration, as real services scatter.</summary>
    private void Pass(ServingPod pod, Step step, double milliseconds)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var usual = milliseconds * Math.Exp(0.35 * normal);
        _clock += TimeSpan.FromMilliseconds(fault?.Slow(pod, step, usual, random) ?? usual);
    }

    private void Gap() => _clock += TimeSpan.FromMilliseconds(0.2 + random.NextDouble() * 0.4);
}

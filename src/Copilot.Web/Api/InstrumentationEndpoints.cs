using System.Text.Json;
using Copilot.Instrument.Ledger;
using Copilot.Store.Instrumentation;
using Copilot.Telemetry.Records;
using Copilot.Web.Api.Edge;

namespace Copilot.Web.Api;

/// <summary>Who takes part in tracing, where context is lost, what a wave changed, and the record of steps.</summary>
public static class InstrumentationEndpoints
{
    private const int MostWorkloads = 20_000;
    private const int LongestText = 500;
    private const int MostServices = 2_000;
    private const int MostSteps = 100;
    private const long LargestBody = 16 * 1024 * 1024;

    public static IEndpointRouteBuilder MapInstrumentation(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/instrumentation", LedgerAsync).WithRequestTimeout(RequestEdge.Question);
        endpoints.MapGet("/api/v1/instrumentation/verify", VerifyAsync).WithRequestTimeout(RequestEdge.Question);
        endpoints.MapGet("/api/v1/instrumentation/workloads", DeclaredAsync);
        endpoints.MapPost("/api/v1/instrumentation/workloads", DeclareAsync).DisableAntiforgery();
        endpoints.MapGet("/api/v1/instrumentation/steps", StepsAsync);
        endpoints.MapPost("/api/v1/instrumentation/steps", AddStepAsync).DisableAntiforgery();
        return endpoints;
    }

    /// <summary>The ledger of a window; of the last hours in which anything was received where none is named. 400 where the window is
    /// none, 422 where it would cost too much.</summary>
    private static async Task<IResult> LedgerAsync(
        BoundedTime? from,
        BoundedTime? to,
        LedgerReader reader,
        InstrumentationSteps steps,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (Window(from, to, time) is not { } asked)
            return ApiProblem.BadRequest("'to' must be later than 'from', and 'from' is needed where 'to' is given.");
        var ledger = await reader.ReadAsync(asked.IsEmpty ? null : asked, cancellationToken);
        return Results.Ok(
            new
            {
                from = ledger.Window.From,
                to = ledger.Window.To,
                known = ledger.Known,
                sending = ledger.Sending,
                coverage = ledger.Coverage,
                lostPerMinute = ledger.LostPerMinute,
                note = ledger.Note,
                workloads = ledger.Entries,
                course = ledger.Course,
                breaks = ledger.Propagation.Breaks,
                lostParents = ledger.Propagation.Parents,
                readShare = ledger.Propagation.ReadShare,
                propagationNote = ledger.Propagation.Note,
                upgrades = ledger.Upgrades,
                steps = await steps.LatestAsync(MostSteps, cancellationToken),
            }
        );
    }

    /// <summary>What arrived since a wave, against as much time before it. 400 where <c>since</c> is missing or not in the past.</summary>
    private static async Task<IResult> VerifyAsync(
        BoundedTime? since,
        BoundedTime? until,
        string[]? service,
        WaveReader reader,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var end = until?.Value ?? time.GetUtcNow();
        if (since is not { } begin || begin.Value >= end)
            return ApiProblem.BadRequest("'since' is the time at which the wave was applied; it must be before 'until', or before now.");
        var window = new TimeWindow(begin.Value, end);
        if (window.Length > TimeSpan.FromDays(1))
            return ApiProblem.BadRequest("A wave is verified by at most a day after it; name 'until'.");
        var report = await reader.ReadAsync(window, service ?? [], cancellationToken);
        return Results.Ok(
            new
            {
                before = new { from = report.Before.From, to = report.Before.To },
                after = new { from = report.After.From, to = report.After.To },
                report.Stop,
                report.New,
                report.Gone,
                report.SpansPerSecond,
                report.SpansPerSecondBefore,
                report.Services,
            }
        );
    }

    /// <summary>Takes <c>{"source"?, "workloads": [{"name", "namespace"?, "language"?, "how"?}]}</c>: what one scan found,
    /// in place of what it found before. 200 with how many.</summary>
    private static async Task<IResult> DeclareAsync(
        HttpContext http,
        DeclaredWorkloads declared,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var body = await JsonBody.ReadAsync(http, cancellationToken, LargestBody);
        if (Items(body.RootElement, "workloads") is not { } items)
            return ApiProblem.BadRequest(
                "The body must be {\"workloads\": [{\"name\": \"…\", \"namespace\"?, " + "\"language\"?, \"how\"?}]}."
            );
        if (items.Length > MostWorkloads)
            return ApiProblem.BadRequest(
                $"At most {MostWorkloads} workloads come in one request; send the others " + "under another 'source'."
            );
        var workloads = items
            .Select(
                (item, index) =>
                    item.ValueKind == JsonValueKind.Object && Short(item, "name", $"workloads[{index}].") is { Length: > 0 } name
                        ? new DeclaredWorkload(
                            name,
                            Short(item, "namespace", $"workloads[{index}]."),
                            Short(item, "language", $"workloads[{index}]."),
                            Short(item, "how", $"workloads[{index}].")
                        )
                        : throw new RefusedRequestException($"'workloads[{index}]' needs a 'name'.")
            )
            .ToArray();
        await declared.ReplaceAsync(Short(body.RootElement, "source", "") ?? "scan", workloads, time.GetUtcNow(), cancellationToken);
        return Results.Ok(new { workloads = workloads.Length });
    }

    private static async Task<IResult> DeclaredAsync(DeclaredWorkloads declared, CancellationToken cancellationToken) =>
        Results.Ok(new { workloads = await declared.ListAsync(cancellationToken) });

    private static async Task<IResult> StepsAsync(InstrumentationSteps steps, CancellationToken cancellationToken) =>
        Results.Ok(new { steps = await steps.LatestAsync(MostSteps, cancellationToken) });

    /// <summary>Takes <c>{"by", "what", "services"?, "undo"?, "at"?}</c> and adds it to the record, where it stays. 201.</summary>
    private static async Task<IResult> AddStepAsync(
        HttpContext http,
        InstrumentationSteps steps,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var body = await JsonBody.ReadAsync(http, cancellationToken);
        var root = body.RootElement;
        if (
            root.ValueKind != JsonValueKind.Object
            || Short(root, "by", "") is not { Length: > 0 } by
            || Short(root, "what", "") is not { Length: > 0 } what
        )
            return ApiProblem.BadRequest("A step needs 'by' (who) and 'what' (was done).");
        var services = Items(root, "services") ?? [];
        if (services.Length > MostServices || services.Any(item => item.ValueKind != JsonValueKind.String))
            return ApiProblem.BadRequest($"'services' must be a list of at most {MostServices} names.");
        var step = new InstrumentationStep
        {
            At = root.Time("at") ?? time.GetUtcNow(),
            By = by,
            What = what,
            Services = [.. services.Select(item => PlainText.Of("services", item))],
            Undo = Short(root, "undo", ""),
        };
        await steps.AddAsync(step, cancellationToken);
        return Results.Created("/api/v1/instrumentation/steps", step);
    }

    /// <summary>Empty where none is named; null where what is named is none.</summary>
    private static TimeWindow? Window(BoundedTime? from, BoundedTime? to, TimeProvider time)
    {
        if (from is null)
            return to is null ? new TimeWindow(0, 0) : null;
        var window = new TimeWindow(from.Value.Value, to?.Value ?? time.GetUtcNow());
        if (window.IsEmpty)
            return null;
        Store.Commands.QueryTooExpensiveException.CheckWindow(window);
        return window;
    }

    private static JsonElement[]? Items(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : null;

    private static string? Short(JsonElement body, string name, string where) =>
        body.Text(name, where) is not { } text ? null
        : text.Length <= LongestText ? text.Trim()
        : throw new RefusedRequestException($"'{where}{name}' may have at most {LongestText} characters.");
}

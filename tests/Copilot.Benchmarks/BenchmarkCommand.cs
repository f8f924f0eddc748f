using System.CommandLine;
using Copilot.Benchmarks.Live;
using Copilot.Benchmarks.Server;
using Copilot.Benchmarks.Traceql;

namespace Copilot.Benchmarks;

/// <summary><c>ingest|store|traceql|causes|live [--json FILE] …</c></summary>
internal static class BenchmarkCommand
{
    public static RootCommand Create() =>
        new("Measures the copilot on this machine.") { Ingest(), Store(), TraceQl(), Causes(), Live(), ServeCommand.Create() };

    private static Command Ingest()
    {
        var json = Json();
        var spans = Count("--spans", "Spans sent in each way.", 300_000);
        var senders = Count("--senders", "Connections that send at once.", 16);
        var command = new Command("ingest", "Measures the intake against a binary COPY of the very same rows.") { json, spans, senders };
        command.SetAction(
            (parsed, cancellationToken) =>
                new IngestBench(Console.Out).RunAsync(
                    parsed.GetValue(spans),
                    parsed.GetValue(senders),
                    parsed.GetValue(json),
                    cancellationToken
                )
        );
        return command;
    }

    private static Command Store()
    {
        var json = Json();
        var spans = Count("--spans", "Spans in the store, over 24 hours.", 2_000_000, StoreBench.FewestSpans);
        var services = Count("--services", "Services of a large fleet; 0: a small shop.", 0, least: 0);
        var data = Data();
        var keep = Keep("Leaves the store where it is, undistilled.");
        var fill = FillOnly();
        var command = new Command("store", "Measures reads and sizes of a store with a day of spans.")
        {
            json,
            spans,
            services,
            data,
            keep,
            fill,
        };
        Spare(command, data, keep);
        command.SetAction(
            (parsed, cancellationToken) =>
                new StoreBench(Console.Out).RunAsync(
                    new StoreBenchRequest
                    {
                        Spans = parsed.GetValue(spans),
                        Services = parsed.GetValue(services),
                        Folder = parsed.GetValue(data),
                        Keep = parsed.GetValue(keep),
                        FillOnly = parsed.GetValue(fill),
                        JsonFile = parsed.GetValue(json),
                    },
                    cancellationToken
                )
        );
        return command;
    }

    private static Command TraceQl()
    {
        var json = Json();
        var spans = Count("--spans", "Spans of a day to ask about.", 2_000_000, QueryDay.FewestSpans);
        var times = Count("--times", "How often each query is asked.", 20);
        var data = Data();
        var keep = Keep("Leaves the store where it is.");
        var fill = FillOnly();
        var alone = new Option<bool>("--without-plain") { Description = "Leaves the plain table out." };
        var command = new Command("traceql", "Measures queries against the same questions in SQL over a plain jsonb table.")
        {
            json,
            spans,
            times,
            data,
            keep,
            fill,
            alone,
        };
        Spare(command, data, keep);
        command.SetAction(
            (parsed, cancellationToken) =>
                new TraceQlBench(Console.Out).RunAsync(
                    new TraceQlBenchRequest
                    {
                        Spans = parsed.GetValue(spans),
                        Times = parsed.GetValue(times),
                        Folder = parsed.GetValue(data),
                        Keep = parsed.GetValue(keep),
                        FillOnly = parsed.GetValue(fill),
                        WithoutPlain = parsed.GetValue(alone),
                        JsonFile = parsed.GetValue(json),
                    },
                    cancellationToken
                )
        );
        return command;
    }

    private static Command Causes()
    {
        var json = Json();
        var data = new Option<string>("--data")
        {
            Description = "Folder of a store that 'store --keep --fill-only' filled.",
            HelpName = "DIR",
            Required = true,
        };
        var times = Count("--times", "Windows asked about.", 40);
        var command = new Command("causes", "Measures how long it takes to find where trouble starts.") { json, data, times };
        command.SetAction(
            (parsed, cancellationToken) =>
                new CausesBench(Console.Out).RunAsync(
                    parsed.GetValue(data)!,
                    parsed.GetValue(times),
                    parsed.GetValue(json),
                    cancellationToken
                )
        );
        return command;
    }

    private static Command Live()
    {
        var json = Json();
        var app = new Option<string>("--app")
        {
            Description = "The built app; another build's to compare with.",
            HelpName = "FILE",
            DefaultValueFactory = _ => LiveApp.Built,
        };
        var services = Count("--services", "Services of the fleet.", 200, least: 12);
        var spans = Count("--spans", "Spans in the store before it begins.", 200_000, least: 100);
        var hours = Count("--hours", "Hours that these are spread over.", 1);
        var rate = Count("--rate", "Spans that come in a second.", 1_000);
        var users = Count("--users", "People who ask.", 4, least: 0);
        var pause = Count("--pause", "Milliseconds between an answer and the same person's next question.", 500, least: 0);
        var seconds = Count("--seconds", "How long it runs.", 60);
        var news = Count("--new-every", "Milliseconds between one thing never seen before and the next.", 100);
        var data = Data();
        var keep = Keep("Leaves the store where it is.");
        var command = new Command("live", "Measures the whole app at work, while telemetry and new things in it keep coming.")
        {
            json,
            app,
            services,
            spans,
            hours,
            rate,
            users,
            pause,
            seconds,
            news,
            data,
            keep,
        };
        Spare(command, data, keep);
        command.SetAction(
            (parsed, cancellationToken) =>
                new LiveBench(Console.Out).RunAsync(
                    new LiveRequest
                    {
                        App = parsed.GetValue(app)!,
                        Services = parsed.GetValue(services),
                        Spans = parsed.GetValue(spans),
                        Hours = parsed.GetValue(hours),
                        Rate = parsed.GetValue(rate),
                        Users = parsed.GetValue(users),
                        Pause = TimeSpan.FromMilliseconds(parsed.GetValue(pause)),
                        Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                        NewEvery = TimeSpan.FromMilliseconds(parsed.GetValue(news)),
                        Folder = parsed.GetValue(data),
                        Keep = parsed.GetValue(keep),
                        JsonFile = parsed.GetValue(json),
                    },
                    cancellationToken
                )
        );
        return command;
    }

    private static Option<string?> Json() => new("--json") { Description = "Gets every figure by name.", HelpName = "FILE" };

    private static Option<string?> Data() =>
        new("--data")
        {
            Description = "Folder of the store; one that was kept is used again instead of filling a new one.",
            HelpName = "DIR",
        };

    private static Option<bool> Keep(string description) =>
        new("--keep") { Description = description + " Without it the folder is deleted." };

    private static Option<bool> FillOnly() => new("--fill-only") { Description = "Fills the store and measures nothing." };

    /// <summary>A folder of somebody else's files is not taken, for it would be deleted.</summary>
    private static void Spare(Command command, Option<string?> data, Option<bool> keep) =>
        command.Validators.Add(result =>
        {
            if (StoreFolder.Refusal(result.GetValue(data), result.GetValue(keep)) is { } refusal)
                result.AddError(refusal);
        });

    private static Option<int> Count(string name, string description, int usual, int least = 1)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < least)
                result.AddError(FormattableString.Invariant($"{name} takes a number from {least} on."));
        });
        return option;
    }
}

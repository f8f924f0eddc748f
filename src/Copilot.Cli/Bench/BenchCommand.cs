using System.CommandLine;
using Copilot.Cli.Bench.Causes;

namespace Copilot.Cli.Bench;

/// <summary><c>copilot bench ingest|store|traceql|causes [--json FILE]</c></summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var json = Json();
        var spans = new Option<int>("--spans") { Description = "Spans sent in each way.", DefaultValueFactory = _ => 300_000 };
        var senders = new Option<int>("--senders") { Description = "Connections that send at once.", DefaultValueFactory = _ => 16 };
        var ingest = new Command("ingest", "Measures the intake against a binary COPY of the very same rows.") { json, spans, senders };
        ingest.SetAction((parsed, cancellationToken) =>
            new IngestBench(Console.Out).RunAsync(parsed.GetValue(spans), parsed.GetValue(senders), parsed.GetValue(json), cancellationToken));
        return new Command("bench", "Measures this machine's copilot.") { ingest, Store(), TraceQl(), CausesOf(), ServeCommand.Create() };
    }

    private static Command TraceQl()
    {
        var json = Json();
        var spans = new Option<int>("--spans") { Description = "Spans of a day to ask about.", DefaultValueFactory = _ => 2_000_000 };
        var times = new Option<int>("--times") { Description = "How often each query is asked.", DefaultValueFactory = _ => 20 };
        var data = Data();
        var keep = new Option<bool>("--keep") { Description = "Leaves the store where it is." };
        var fill = FillOnly();
        var alone = new Option<bool>("--without-plain") { Description = "Leaves the plain table out." };
        var traceql = new Command("traceql", "Measures queries against the same questions in SQL over a plain jsonb table.") { json, spans, times, data, keep, fill, alone };
        traceql.SetAction((parsed, cancellationToken) => new TraceQlBench(Console.Out).RunAsync(
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
            cancellationToken));
        return traceql;
    }

    private static Command CausesOf()
    {
        var json = Json();
        var data = new Option<string>("--data") { Description = "Folder of a store that 'bench store --keep --fill-only' filled.", HelpName = "DIR", Required = true };
        var times = new Option<int>("--times") { Description = "Windows asked about.", DefaultValueFactory = _ => 40 };
        var causes = new Command("causes", "Measures how long it takes to find where trouble starts.") { json, data, times };
        causes.SetAction((parsed, cancellationToken) =>
            new CausesBench(Console.Out).RunAsync(parsed.GetValue(data)!, parsed.GetValue(times), parsed.GetValue(json), cancellationToken));
        return causes;
    }

    private static Command Store()
    {
        var json = Json();
        var spans = new Option<int>("--spans") { Description = "Spans in the store, over 24 hours.", DefaultValueFactory = _ => 2_000_000 };
        var services = new Option<int>("--services") { Description = "Services of a large fleet; 0: a small shop.", DefaultValueFactory = _ => 0 };
        var data = Data();
        var keep = new Option<bool>("--keep") { Description = "Leaves the store where it is, undistilled." };
        var fill = FillOnly();
        var store = new Command("store", "Measures reads and sizes of a store with a day of spans.") { json, spans, services, data, keep, fill };
        store.SetAction((parsed, cancellationToken) => new StoreBench(Console.Out).RunAsync(
            new StoreBenchRequest
            {
                Spans = parsed.GetValue(spans),
                Services = parsed.GetValue(services),
                Folder = parsed.GetValue(data),
                Keep = parsed.GetValue(keep),
                FillOnly = parsed.GetValue(fill),
                JsonFile = parsed.GetValue(json),
            },
            cancellationToken));
        return store;
    }

    private static Option<string?> Json() => new("--json") { Description = "Gets every figure by name.", HelpName = "FILE" };

    private static Option<string?> Data() =>
        new("--data") { Description = "Folder of the store; one that was kept is used again instead of filling a new one.", HelpName = "DIR" };

    private static Option<bool> FillOnly() => new("--fill-only") { Description = "Fills the store and measures nothing." };
}

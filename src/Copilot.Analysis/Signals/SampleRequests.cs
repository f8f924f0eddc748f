using Copilot.Analysis.Samples;
using Copilot.Analysis.Traces;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Signals;

/// <summary>The bad window's requests and those of its baselines, read with one directory of callees.</summary>
internal sealed class SampleRequests
{
    public required AnalysisInput Input { get; init; }

    public required RequestSet Bad { get; init; }

    public required IReadOnlyList<RequestSet> Baselines { get; init; }

    public NameTable Names => Input.Names;

    public static SampleRequests Read(AnalysisInput input)
    {
        var directory = new CalleeDirectory();
        var badForest = CallForest.Build(SampleOrder.Of(input.Bad.Spans));
        var baseForests = input.Baselines.Select(b => CallForest.Build(SampleOrder.Of(b.Spans))).ToList();
        directory.Learn(badForest);
        baseForests.ForEach(directory.Learn);
        var reader = new RequestReader(directory, SickDatabases.Find(badForest, baseForests, input.Options), input.Options.UseRetries);
        var withLogs = input.Options.UseLogs;
        return new SampleRequests
        {
            Input = input,
            Bad = reader.Read(input.Bad, badForest, withLogs),
            Baselines = [.. input.Baselines.Select((b, i) => reader.Read(b, baseForests[i], withLogs))],
        };
    }

    /// <summary>Whether anything of that name sends spans or log records, now or in the baselines.</summary>
    public bool IsService(int node) => Services.Contains(node);

    private HashSet<int> Services =>
        field ??= [
            .. Baselines.Append(Bad).SelectMany(s => s.Requests).Select(r => r.Service),
            .. Input.Baselines.Append(Input.Bad).SelectMany(s => s.Logs).Select(l => l.Service),
        ];

    public IEnumerable<Request> BaselineRequests => Baselines.SelectMany(b => b.Requests);
}

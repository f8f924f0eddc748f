using Copilot.Incidents.Findings;

namespace Copilot.Incidents.Tests.Findings;

/// <summary>A place outside that remembers what it was told, and may be told to fail first.</summary>
internal sealed class OutsidePlace : IFindingPort
{
    public string Name => "place";

    public bool IsConfigured { get; set; } = true;

    public Queue<Exception> Failures { get; } = new();

    public List<string> Told { get; } = [];

    public Task<string> OpenAsync(Finding finding, bool inDoubt, CancellationToken cancellation)
    {
        if (Failures.TryDequeue(out var failure))
            throw failure;
        Told.Add($"open {finding.Id}{(inDoubt ? " again" : "")}");
        return Task.FromResult("post of " + finding.Id);
    }

    public Task UpdateAsync(Finding finding, string reference, CancellationToken cancellation)
    {
        Told.Add($"{(finding.IsOpen ? "correct" : "close")} {reference}");
        return Task.CompletedTask;
    }
}

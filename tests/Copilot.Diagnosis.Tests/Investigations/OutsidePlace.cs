using Copilot.Diagnosis.Investigations;

namespace Copilot.Diagnosis.Tests.Investigations;

/// <summary>A place outside that remembers what it was told, and may be told to fail first.</summary>
internal sealed class OutsidePlace : IInvestigationChannel
{
    public string Name => "place";

    public bool IsConfigured { get; set; } = true;

    public Queue<Exception> Failures { get; } = new();

    public List<string> Told { get; } = [];

    public Task<string> OpenAsync(Investigation investigation, bool inDoubt, CancellationToken cancellationToken)
    {
        if (Failures.TryDequeue(out var failure))
            throw failure;
        Told.Add($"open {investigation.Id}{(inDoubt ? " again" : "")}");
        return Task.FromResult("post of " + investigation.Id);
    }

    public Task UpdateAsync(Investigation investigation, string reference, CancellationToken cancellationToken)
    {
        Told.Add($"{(investigation.IsOpen ? "correct" : "close")} {reference}");
        return Task.CompletedTask;
    }
}

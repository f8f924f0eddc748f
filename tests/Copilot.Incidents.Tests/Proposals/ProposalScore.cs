using System.Text.Json;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Incidents.Proposals;
using Copilot.Ownership.Tests.Owners;
using Copilot.Telemetry.Records;
using Xunit.Abstractions;

namespace Copilot.Incidents.Tests.Proposals;

/// <summary>Proposals of a recorded world against its truth: who is invited, and which runbook comes first.</summary>
internal sealed record ProposalScore(double Precision, double Recall, int Runbooks, int Faults)
{
    /// <param name="find">The trouble of a window.</param>
    public static async Task<ProposalScore> MeasureAsync(
        World world,
        Func<JsonElement, TimeWindow, Task<WindowDiagnosis>> find,
        ITestOutputHelper output
    )
    {
        int right = 0,
            named = 0,
            wanted = 0,
            runbooks = 0,
            faults = 0;
        foreach (var fault in world.Truth.GetProperty("faults").EnumerateArray())
        {
            var window = new TimeWindow(fault.GetProperty("from").GetDateTimeOffset(), fault.GetProperty("to").GetDateTimeOffset());
            var proposal = ProposalMaker.Make(await find(fault, window), world.Owners, world.Runbooks);
            var want = fault.GetProperty("owners").EnumerateArray().Select(owner => owner.GetProperty("onCall").GetString()!).ToHashSet();
            var got = proposal.Invitees.Select(invitee => invitee.Contact!).ToHashSet();
            (right, named, wanted) = (right + got.Intersect(want).Count(), named + got.Count, wanted + want.Count);
            faults++;
            runbooks += Path.GetFileNameWithoutExtension(proposal.Runbook) == fault.GetProperty("runbook").GetString() ? 1 : 0;
            output.WriteLine(
                $"{fault.GetProperty("id")}: {proposal.Severity} {proposal.ChannelName} {string.Join(", ", got)} | {proposal.Runbook}"
            );
        }

        var score = new ProposalScore((double)right / Math.Max(1, named), (double)right / Math.Max(1, wanted), runbooks, faults);
        output.WriteLine(
            FormattableString.Invariant(
                $"proposals: owner precision {score.Precision:0.000}, recall {score.Recall:0.000}; fitting runbook first {runbooks}/{faults}"
            )
        );
        return score;
    }
}

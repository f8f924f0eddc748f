using Copilot.Answers.Drafts;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Windows;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Diagnoses;

/// <summary>Looks for what is wrong in a question's window and puts it on record.</summary>
internal sealed class DiagnosisSearch(IWindowDiagnoser finder)
{
    /// <summary>The window ends now, and nothing says what to compare it with.</summary>
    public static bool IsNow(Inquiry inquiry, TimeWindow window) => inquiry.Baseline is null && window.To == inquiry.AsOf;

    public Task<WindowDiagnosis> FindAsync(Inquiry inquiry, CancellationToken cancellationToken) =>
        FindAsync(inquiry, inquiry.Window, cancellationToken);

    public async Task<WindowDiagnosis> FindAsync(Inquiry inquiry, TimeWindow window, CancellationToken cancellationToken)
    {
        inquiry.Progress("Comparing every service with its baseline");
        var read = await inquiry.ReadAsync(
            "{ } | compare with the baseline, service by service",
            window,
            () =>
                IsNow(inquiry, window)
                    ? finder.FindNowAsync(window, cancellationToken)
                    : finder.FindAsync(window, inquiry.Baseline, null, cancellationToken),
            diagnosis => diagnosis.Causes.Count + diagnosis.Affected.Count
        );
        if (!read.Value.IsExact)
        {
            inquiry.Estimated(
                "figures of services count every request; where it starts was looked for in "
                    + $"{Quantity.Count(read.Value.TracesRead)} of {Quantity.Count(read.Value.Traces, "trace", "traces")} of "
                    + "the window"
                    + " and a sample of those before it"
            );
        }

        foreach (var cause in read.Value.Causes)
        {
            // What was measured, each thing once; the first with the traces that show it.
            var claims = cause.Evidence.DefaultIfEmpty(cause.Why).ToList();
            inquiry.Claim(read.Query, claims[0], cause.TraceIds.Select(TraceId.Parse));
            foreach (var claim in claims.Skip(1).Take(AnswerLengthThresholds.Claims - 1))
                inquiry.Claim(read.Query, claim);
            if (cause.Change is { } change)
                inquiry.Claim(read.Query, DiagnosisWords.Change(change, inquiry.AsOf));
        }

        foreach (var service in read.Value.Affected)
            inquiry.Claim(read.Query, DiagnosisWords.Worse(service));
        inquiry.State(DiagnosisStatements.Of(read.Value));
        return read.Value;
    }
}

using Copilot.Agent.Answers;
using Copilot.Agent.Answers.Results;
using Copilot.Agent.Questions;
using Copilot.Store.Reads.Services;
using Copilot.Store.Retention;
using Copilot.Store.Traceql;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Time;

namespace Copilot.Agent.Answering;

/// <summary>Carries out a plan: every number comes from a read, every claim names its query.</summary>
internal sealed class PlanAnswering
{
    private const string Thinned =
        "part of the window is beyond the hot window: requests are counted exactly by whole minutes, what concerns attributes is estimated from the traces kept";

    private const string Covers = "counts cover every span received; the example traces are those kept";

    private readonly Dictionary<QuestionKind, IAnswerer> answerers;
    private readonly WindowResolver windows;
    private readonly ServiceReads services;
    private readonly CitedTraces cited;
    private readonly QueryBudget budget;

    public PlanAnswering(IEnumerable<IAnswerer> all, WindowResolver windows, ServiceReads services, CitedTraces cited, QueryBudget budget)
    {
        this.cited = cited;
        this.budget = budget;
        answerers = all.SelectMany(answerer => answerer.Kinds.Select(kind => (kind, answerer))).ToDictionary(pair => pair.kind, pair => pair.answerer);
        this.windows = windows;
        this.services = services;
    }

    /// <param name="progress">Is told of each step as it is made; may be null.</param>
    public async Task<Answer> AnswerAsync(QuestionPlan plan, string conversationId, Action<AnswerPart>? progress, CancellationToken cancellation)
    {
        var until = services.ReceivedUntilAsync(cancellation);
        var asOf = UnixNanos.ToTime(plan.AsOfNs);
        var (window, missing) = await windows.ResolveAsync(plan.Window, asOf, cancellation);
        var (baseline, missingToo) = await windows.ResolveAsync(plan.Baseline, asOf, cancellation);
        var inquiry = new Inquiry(plan, window ?? new TimeWindow(plan.AsOfNs, plan.AsOfNs), baseline, progress);
        if (await windows.IsThinnedAsync([window, baseline], cancellation)) inquiry.Estimated(Thinned);
        var understood = Understand(plan, window, baseline);
        progress?.Invoke(new AnswerPart { Understood = understood });

        var finding = (missing ?? missingToo) is { } anchor
            ? Finding.NoData($"**No such change is on record**{Describe(anchor)}, so the window that hangs on it is not known.")
            : await FindWithinAsync(inquiry, cancellation);
        progress?.Invoke(new AnswerPart { Result = finding.Result });
        // What an answer shows as evidence is to be there when someone follows it, also after the hot window.
        var shown = inquiry.Evidence.SelectMany(evidence => evidence.TraceIds).Distinct(StringComparer.Ordinal).Select(TraceId.Parse).ToList();
        if (shown.Count > 0) await cited.AddAsync(shown, conversationId, cancellation);
        var note = string.Join("; ", inquiry.Notes.Prepend(inquiry.Exact ? Covers : "counts are of the spans received"));
        return new Answer
        {
            ConversationId = conversationId,
            Outcome = finding.Outcome,
            Text = finding.Text + LeftOut(plan, finding),
            Understood = understood,
            Result = finding.Result,
            Queries = inquiry.Queries,
            Evidence = inquiry.Evidence,
            Coverage = new Coverage(inquiry.Exact, await until, note),
            Proposal = finding.Outcome == Outcome.Answered ? finding.Proposal : null,
            Explanation = finding.Explanation,
            Suggestions = finding.Suggestions,
        };
    }

    // An investigation bears small talk; who meant more by it has to see that the answer did not.
    private static string LeftOut(QuestionPlan plan, Finding finding) =>
        finding.Outcome == Outcome.Answered && plan.Ignored.Count > 0 && plan.Kind is QuestionKind.Cause or QuestionKind.Affected or QuestionKind.Overview or QuestionKind.Involved
            ? $"\n\nI did not use {Words.Names(plan.Ignored)}: the answer is about all requests." : string.Empty;

    private static Understood Understand(QuestionPlan plan, TimeWindow? window, TimeWindow? baseline) => new()
    {
        Intent = plan.Intent(),
        Window = window is { } known ? Period.Of(known) : null,
        Baseline = baseline is { } good ? Period.Of(good) : null,
        Filter = PlanFilter.ToTraceQl(plan),
        Ignored = plan.Ignored,
        Chips = plan.Chips,
    };

    private static string Describe(Questions.Windows.ChangeAnchor anchor)
    {
        var words = new[] { anchor.Kind, anchor.Service, anchor.Version }.OfType<string>().Select(Words.Name).ToList();
        return words.Count == 0 ? string.Empty : $" ({string.Join(" ", words)})";
    }

    /// <summary>What costs too much is answered with how to narrow it, whichever kind of question it was.</summary>
    private async Task<Finding> FindWithinAsync(Inquiry inquiry, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(budget.MaxTime);
        try
        {
            return await FindAsync(inquiry, limited.Token);
        }
        catch (OperationCanceledException) when (limited.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return TooExpensive(QueryTooExpensiveException.OutOfTime());
        }
        catch (Exception failure) when (QueryTooExpensiveException.Of(failure) is not null)
        {
            return TooExpensive(QueryTooExpensiveException.Of(failure)!);
        }
    }

    private static Finding TooExpensive(QueryTooExpensiveException why) => new() { Outcome = Outcome.Unsupported, Text = why.Message };

    private Task<Finding> FindAsync(Inquiry inquiry, CancellationToken cancellation) => inquiry.Plan switch
    {
        { Kind: QuestionKind.Clarify } plan => Task.FromResult(new Finding
        {
            Outcome = Outcome.Clarify,
            Text = plan.Clarification?.Question ?? "What do you mean?",
            Result = new ChoicesResult(plan.Clarification?.Choices ?? []),
            Suggestions = plan.Clarification?.Choices.Take(3).ToList() ?? [],
        }),
        { Kind: QuestionKind.Unsupported } plan => Task.FromResult(new Finding
        {
            Outcome = Outcome.Unsupported,
            Text = plan.Refusal?.Reason ?? "I cannot answer that.",
        }),
        var plan when inquiry.Window.IsEmpty && plan.Kind is not (QuestionKind.Trace or QuestionKind.Owners) => Task.FromResult(
            Finding.NoData("**Nothing matched**: the window is empty, it ends before it begins or lies in the future.")),
        var plan when answerers.TryGetValue(plan.Kind, out var answerer) => answerer.AnswerAsync(inquiry, cancellation),
        _ => Task.FromResult(new Finding { Outcome = Outcome.Unsupported, Text = "I cannot answer this kind of question." }),
    };
}

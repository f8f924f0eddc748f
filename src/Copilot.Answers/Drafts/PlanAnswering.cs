using Copilot.Answers.Contract;
using Copilot.Language.Questions;
using Copilot.Store.Commands;
using Copilot.Store.Reads.Topology;
using Copilot.Store.Retention;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Answers.Drafts;

/// <summary>Carries out a plan: every number comes from a read, every claim names its query.</summary>
internal sealed class PlanAnswering
{
    private const string Thinned =
        "part of the window is beyond the hot window: requests are counted exactly by whole minutes, what concerns "
        + "attributes is estimated from the traces kept";

    private const string Covers = "counts cover every span received; the example traces are those kept";

    private readonly TeamScope _teams;
    private readonly Dictionary<QuestionKind, IAnswerer> _answerers;
    private readonly WindowResolver _windows;
    private readonly ServiceReads _services;
    private readonly CitedTraces _cited;
    private readonly QueryBudget _budget;

    public PlanAnswering(
        IEnumerable<IAnswerer> all,
        WindowResolver windows,
        TeamScope teams,
        ServiceReads services,
        CitedTraces cited,
        QueryBudget budget
    )
    {
        _teams = teams;
        this._cited = cited;
        this._budget = budget;
        _answerers = all.SelectMany(answerer => answerer.Kinds.Select(kind => (kind, answerer)))
            .ToDictionary(pair => pair.kind, pair => pair.answerer);
        this._windows = windows;
        this._services = services;
    }

    /// <summary>What a question asks for, and what else it asks for, in its order.</summary>
    /// <param name="progress">Is told of each step as it is made; may be null.</param>
    public async Task<Answer> AnswerAsync(
        QuestionPlan plan,
        string conversationId,
        Action<AnswerPart>? progress,
        CancellationToken cancellationToken
    )
    {
        var first = await AnswerOneAsync(plan, conversationId, progress, cancellationToken);
        if (plan.More.Count == 0)
            return first;
        var answers = new List<Answer> { first };
        foreach (var more in plan.More)
            answers.Add(await AnswerOneAsync(FoundService.Of(more, answers), conversationId, null, cancellationToken));
        return WithoutListed(SeveralAnswers.Joined(answers));
    }

    // "the slowest checkout, and where did its time go?": a trace explained tells all that a list of it alone does.
    private static Answer WithoutListed(Answer joined)
    {
        List<AnswerResult> results = [joined.Result, .. joined.More];
        var at = results.FindIndex(result => result is TracesResult { Items.Count: 1 });
        if (
            at < 0
            || at + 1 >= results.Count
            || results[at + 1] is not TraceResult explained
            || ((TracesResult)results[at]).Items[0].TraceId != explained.TraceId
        )
            return joined;
        results.RemoveAt(at);
        return joined with { Result = results[0], More = [.. results.Skip(1)] };
    }

    private async Task<Answer> AnswerOneAsync(
        QuestionPlan plan,
        string conversationId,
        Action<AnswerPart>? progress,
        CancellationToken cancellationToken
    )
    {
        var until = _services.ReceivedUntilAsync(cancellationToken);
        var asOf = UnixNanos.ToTime(plan.AsOfNs);
        plan = await _teams.OfAsync(plan, asOf, cancellationToken);
        var (window, missing) = await _windows.ResolveAsync(plan.Window, asOf, cancellationToken);
        var (baseline, missingToo) = await _windows.ResolveAsync(plan.Baseline, asOf, cancellationToken);
        var inquiry = new Inquiry(plan, window ?? new TimeWindow(plan.AsOfNs, plan.AsOfNs), baseline, progress);
        if (await _windows.IsThinnedAsync([window, baseline], cancellationToken))
            inquiry.Estimated(Thinned);
        var understood = Understand(plan, window, baseline);
        progress?.Invoke(new AnswerPart { Understood = understood });

        var answerDraft = (missing ?? missingToo) is { } anchor
            ? AnswerDraft.NoData($"**No such change is on record**{Describe(anchor)}, so the window that hangs on it is not known.")
            : await FindWithinAsync(inquiry, cancellationToken);
        progress?.Invoke(new AnswerPart { Result = answerDraft.Result });
        // What an answer shows as evidence is to be there when someone follows it, also after the hot window.
        var shown = inquiry
            .Evidence.SelectMany(evidence => evidence.TraceIds)
            .Distinct(StringComparer.Ordinal)
            .Select(TraceId.Parse)
            .ToList();
        if (shown.Count > 0)
            await _cited.AddAsync(shown, conversationId, cancellationToken);
        var note = string.Join("; ", inquiry.Notes.Prepend(inquiry.Exact ? Covers : "counts are of the spans received"));
        return new Answer
        {
            ConversationId = conversationId,
            Outcome = answerDraft.Outcome,
            Text = answerDraft.Text + LeftOut(plan, answerDraft),
            Understood = answerDraft.Window is { } found ? understood with { Window = Period.Of(found) } : understood,
            Result = answerDraft.Result,
            More = answerDraft.More,
            Queries = inquiry.Queries,
            Evidence = inquiry.Evidence,
            Statements = inquiry.Statements,
            Coverage = new Coverage(inquiry.Exact, await until, note),
            Proposal = answerDraft.Outcome == Outcome.Answered ? answerDraft.Proposal : null,
            Trouble = answerDraft.Outcome == Outcome.Answered ? answerDraft.Trouble : null,
            Explanation = answerDraft.Explanation,
            Suggestions = answerDraft.Suggestions,
        };
    }

    // An investigation bears small talk; who meant more by it has to see that the answer did not.
    private static string LeftOut(QuestionPlan plan, AnswerDraft answerDraft) =>
        answerDraft.Outcome == Outcome.Answered
        && plan.Ignored.Count > 0
        && plan.Kind is QuestionKind.Cause or QuestionKind.Affected or QuestionKind.Overview or QuestionKind.Involved
            ? $"\n\nI did not use {AnswerWords.Names(plan.Ignored)}: the answer is about all requests."
            : string.Empty;

    private static Understood Understand(QuestionPlan plan, TimeWindow? window, TimeWindow? baseline) =>
        new()
        {
            Intent = plan.Intent(),
            Window = window is { } known ? Period.Of(known) : null,
            Baseline = baseline is { } good ? Period.Of(good) : null,
            Filter = PlanFilter.ToTraceQl(plan),
            Ignored = plan.Ignored,
            Chips = plan.Chips,
        };

    private static string Describe(ChangeAnchor anchor)
    {
        var words = new[] { anchor.Kind, anchor.Service, anchor.Version }.OfType<string>().Select(AnswerWords.Name).ToList();
        return words.Count == 0 ? string.Empty : $" ({string.Join(" ", words)})";
    }

    /// <summary>What costs too much is answered with how to narrow it, whichever kind of question it was.</summary>
    private async Task<AnswerDraft> FindWithinAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(_budget.MaxTime);
        try
        {
            return await FindAsync(inquiry, limited.Token);
        }
        catch (OperationCanceledException) when (limited.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return TooExpensive(QueryTooExpensiveException.OutOfTime());
        }
        catch (Exception failure) when (QueryTooExpensiveException.Of(failure) is not null)
        {
            return TooExpensive(QueryTooExpensiveException.Of(failure)!);
        }
    }

    private static AnswerDraft TooExpensive(QueryTooExpensiveException why) => new() { Outcome = Outcome.Unsupported, Text = why.Message };

    private Task<AnswerDraft> FindAsync(Inquiry inquiry, CancellationToken cancellationToken) =>
        inquiry.Plan switch
        {
            { Kind: QuestionKind.Clarify } plan => Task.FromResult(
                new AnswerDraft
                {
                    Outcome = Outcome.Clarify,
                    Text = plan.Clarification?.Question ?? "What do you mean?",
                    Result = new ChoicesResult(plan.Clarification?.Choices ?? []),
                    Suggestions = plan.Clarification?.Choices.Take(AnswerLengthThresholds.Suggestions).ToList() ?? [],
                }
            ),
            { Kind: QuestionKind.Unsupported } plan => Task.FromResult(
                new AnswerDraft { Outcome = Outcome.Unsupported, Text = plan.Refusal?.Reason ?? "I cannot answer that." }
            ),
            var plan when inquiry.Window.IsEmpty && plan.Kind is not (QuestionKind.Trace or QuestionKind.Owners or QuestionKind.Runbooks) =>
                Task.FromResult(
                    AnswerDraft.NoData("**Nothing matched**: the window is empty, it ends before it begins or lies in the future.")
                ),
            var plan when _answerers.TryGetValue(plan.Kind, out var answerer) => answerer.AnswerAsync(inquiry, cancellationToken),
            _ => Task.FromResult(new AnswerDraft { Outcome = Outcome.Unsupported, Text = "I cannot answer this kind of question." }),
        };
}

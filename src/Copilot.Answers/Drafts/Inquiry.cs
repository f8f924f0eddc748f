using System.Diagnostics;
using System.Globalization;
using Copilot.Answers.Contract;
using Copilot.Language.Questions;
using Copilot.Store.Reads.Filters;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Answers.Drafts;

/// <summary>One question while it is being answered: its plan with all windows known, and the record of what was read for it.</summary>
internal sealed class Inquiry(QuestionPlan plan, TimeWindow window, TimeWindow? baseline, Action<AnswerPart>? progress)
{
    private readonly List<AnswerQuery> _queries = [];
    private readonly List<Evidence> _evidence = [];
    private readonly List<Statement> _statements = [];
    private readonly List<string> _notes = [];
    private readonly Lock _gate = new();

    public QuestionPlan Plan => plan;

    /// <summary>The question's window; empty for kinds without one.</summary>
    public TimeWindow Window => window;

    public TimeWindow? Baseline => baseline;

    /// <summary>What "now" is, in the asker's zone.</summary>
    public DateTimeOffset AsOf { get; } =
        TimeZoneInfo.TryFindSystemTimeZoneById(plan.TimeZone, out var zone)
            ? TimeZoneInfo.ConvertTime(UnixNanos.ToTime(plan.AsOfNs), zone)
            : UnixNanos.ToTime(plan.AsOfNs);

    public SpanFilter Filter { get; } = PlanSpans.FilterOf(plan);

    /// <summary>The services that the question names and that send spans.</summary>
    public IReadOnlyList<string> Services { get; } =
    [.. plan.Services.Where(service => service.Standing == ServiceStanding.Instrumented).Select(service => service.Name)];

    /// <summary>The services that the question leaves out.</summary>
    public IReadOnlySet<string> LeftOut { get; } =
        plan
            .Conditions.Where(c => c is { Key: "service.name", Operator: ConditionOperator.NotEqual })
            .SelectMany(c => c.Values)
            .ToHashSet(StringComparer.Ordinal);

    public IReadOnlyList<AnswerQuery> Queries => _queries;

    public IReadOnlyList<Evidence> Evidence => _evidence;

    /// <summary>What the words of the answer say beyond its result, typed.</summary>
    public IReadOnlyList<Statement> Statements => _statements;

    public IReadOnlyList<string> Notes => _notes;

    public bool Exact { get; private set; } = true;

    /// <summary>Reads something and puts the query on record.</summary>
    /// <param name="traceQl">The query as TraceQL, or in words for what TraceQL has no form for.</param>
    public async Task<Recorded<T>> ReadAsync<T>(string traceQl, TimeWindow over, Func<Task<T>> read, Func<T, long> rows)
    {
        var started = Stopwatch.GetTimestamp();
        var value = await read();
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        AnswerQuery query;
        lock (_gate)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"q{_queries.Count + 1}");
            query = new AnswerQuery(id, traceQl, over.From, over.To, rows(value), Math.Round(elapsed, 1));
            _queries.Add(query);
        }

        progress?.Invoke(new AnswerPart { Query = query });
        return new Recorded<T>(value, query.Id);
    }

    /// <summary>Records a claim with the query that shows it and example traces.</summary>
    public void Claim(string query, string claim, IEnumerable<TraceId>? traces = null)
    {
        lock (_gate)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"e{_evidence.Count + 1}");
            _evidence.Add(
                new Evidence(
                    id,
                    query,
                    claim,
                    [.. (traces ?? []).Take(AnswerLengthThresholds.ClaimTraces).Select(trace => trace.ToString())]
                )
            );
        }
    }

    /// <summary>Records what the words are going to say beyond the result.</summary>
    public void State(params IEnumerable<Statement> statements)
    {
        lock (_gate)
            _statements.AddRange(statements);
    }

    /// <summary>Says what is being done, to who is watching.</summary>
    public void Progress(string words) => progress?.Invoke(new AnswerPart { Progress = words });

    /// <summary>The numbers are estimates, and why.</summary>
    public void Estimated(string note)
    {
        lock (_gate)
        {
            Exact = false;
            if (!_notes.Contains(note))
                _notes.Add(note);
        }
    }
}

using Copilot.Telemetry.Records;

namespace Copilot.Language.Questions;

/// <summary>How a question was read: everything that is needed to answer it, and nothing that is not typed.</summary>
public sealed record QuestionPlan
{
    public required QuestionKind Kind { get; init; }

    /// <summary>What "now" is, in nanoseconds: on-call is read here, and "since" ends here.</summary>
    public required long AsOfNs { get; init; }

    /// <summary>IANA name of the asker's zone: clock times in the answer's words are told in it.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Always set, but for kinds without a time (clarify, unsupported, a trace by its id).</summary>
    public PlannedWindow? Window { get; init; }

    /// <summary>The known good window that the question names; null where none is named.</summary>
    public PlannedWindow? Baseline { get; init; }

    /// <summary>Empty: all services. Several are alternatives.</summary>
    public IReadOnlyList<ServiceReference> Services { get; init; } = [];

    /// <summary>Empty: all operations. Several are alternatives.</summary>
    public IReadOnlyList<OperationReference> Operations { get; init; } = [];

    /// <summary>All must hold.</summary>
    public IReadOnlyList<AttributeCondition> Conditions { get; init; } = [];

    /// <summary>Of <see cref="QuestionKind.Query"/>: what is counted, measured, ranked or listed.</summary>
    public Frames.QueryFrame? Frame { get; init; }

    /// <summary>What else the question asks for, in its order; each is answered by itself.</summary>
    public IReadOnlyList<QuestionPlan> More { get; init; } = [];

    /// <summary>It is about the service that the part before it finds ("what is the cause, and who owns it?").</summary>
    public bool AboutFound { get; init; }

    public Measure? Measure { get; init; }

    /// <summary>Of <see cref="Measure.Share"/>: what the part fulfils besides the conditions of the whole.</summary>
    public IReadOnlyList<AttributeCondition> ShareOf { get; init; } = [];

    public PlannedComparison? Comparison { get; init; }

    public TraceSelection? Traces { get; init; }

    public PlannedRanking? Ranking { get; init; }

    public PlannedBreakdown? Breakdown { get; init; }

    public ChangeSelection? Changes { get; init; }

    public LogSelection? Logs { get; init; }

    public PlannedPeers? Peers { get; init; }

    /// <summary>Resources: parts of metric names ("cpu", "memory"); any of them will do.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>Owners: who is on call is asked for, not only the team.</summary>
    public bool OnCall { get; init; }

    /// <summary>Owners: teams that the question names ("what does team X own").</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];

    /// <summary>Owners: the services that no source names an owner of.</summary>
    public bool Unowned { get; init; }

    /// <summary>Owners: people that the question names.</summary>
    public IReadOnlyList<string> People { get; init; } = [];

    /// <summary>Callers and callees: indirect ones too ("everything upstream of").</summary>
    public bool Transitive { get; init; }

    /// <summary>What the trouble is said to be, where the question says it; steers causes and affected services. Null: whatever is
    /// worse.</summary>
    public Symptom? Trouble { get; init; }

    /// <summary>32 lower-case hex digits.</summary>
    public string? TraceId { get; init; }

    /// <summary>The query of a <see cref="QuestionKind.SpanQuery"/>.</summary>
    public string? TraceQl { get; init; }

    public Clarification? Clarification { get; init; }

    public Refusal? Refusal { get; init; }

    /// <summary>The reading as editable parts.</summary>
    public IReadOnlyList<Chip> Chips { get; init; } = [];

    /// <summary>Words that changed nothing.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>0 to 1: how sure the reading is; below one half it is not answered but asked back.</summary>
    public double Confidence { get; init; } = 1;
}

/// <summary>One short question back.</summary>
/// <param name="Question">In plain words.</param>
/// <param name="Choices">Questions that can be asked as they are; may be empty where only a name is missing.</param>
/// <param name="NotUnderstood">The words that no reading could be made of; empty where the question is ambiguous or incomplete.</param>
public sealed record Clarification(string Question, IReadOnlyList<string> Choices, IReadOnlyList<string> NotUnderstood);

/// <summary>Why a question is not answered.</summary>
/// <param name="Reason">For a person: what is not done here, and what is instead.</param>
public sealed record Refusal(RefusalKind Kind, string Reason);

public enum RefusalKind
{
    /// <summary>Something is to be carried out: restart, delete, scale, page.</summary>
    Action,

    /// <summary>The future.</summary>
    Forecast,

    /// <summary>Nothing that telemetry knows.</summary>
    OffTopic,

    /// <summary>Keys, prompts, connection strings.</summary>
    Secret,

    /// <summary>An attempt to change the rules.</summary>
    Manipulation,

    /// <summary>A number that telemetry holds but nobody counts here: distinct people.</summary>
    NotCounted,
}

/// <summary>What is said to be wrong.</summary>
public enum Symptom
{
    Errors,
    Latency,
    Traffic,
}

/// <summary>One editable part of how a question was read: changing it asks again.</summary>
/// <param name="Name">What it sets: window, service, operation, filter, measure, baseline.</param>
/// <param name="Value">Its value as shown and as typed when edited.</param>
/// <param name="Source">The words of the question that it came from, "conversation" or "default".</param>
public sealed record Chip(string Name, string Value, string Source);

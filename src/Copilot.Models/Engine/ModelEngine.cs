using System.Globalization;
using System.Text.Json;
using Copilot.Answers;
using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Linking;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Models.Audit;
using Copilot.Models.Checking;
using Copilot.Models.Providers;
using Copilot.Models.Tools;
using Copilot.Store.Conversations;
using Copilot.Telemetry.Text;
using Microsoft.Extensions.AI;

namespace Copilot.Models.Engine;

/// <summary>Lets a model choose the calls and the words; every figure comes from the calls, and the words are held against them.</summary>
internal sealed class ModelEngine(
    IChatClient client,
    ModelOptions options,
    TracingOptions tracing,
    PlanAnswering answering,
    ToolSources sources,
    Redactor redactor
)
{
    /// <summary>What the model said last, as it said it.</summary>
    public string? Said { get; private set; }

    /// <param name="reading">How the built-in interpreter reads the question: it decides what the question calls for at all.</param>
    /// <exception cref="ModelException">The model gave no answer that can be used.</exception>
    public async Task<Answer> AnswerAsync(
        AskRequest request,
        QuestionPlan reading,
        PreviousTurn? previous,
        string conversationId,
        DateTimeOffset asOf,
        KnownNames catalogue,
        AuditedQuestion audited,
        Spending spending,
        Action<AnswerPart>? progress,
        CancellationToken cancellationToken
    )
    {
        var tools = new InvestigationTools(answering, sources, catalogue, asOf, request.TimeZone, conversationId, progress);
        var ledger = new ToolLedger(
            tools.Plugins(),
            redactor,
            options.Limits.ResultTokens * ToolThresholds.CharactersPerToken,
            tracing.Content
        );
        List<ChatMessage> messages =
        [
            new(
                ChatRole.System,
                Prompts.Investigate(asOf.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), request.TimeZone, About(previous))
            ),
            new(ChatRole.User, request.Question),
        ];
        var services = catalogue.Services.Select(service => service.Name).ToList();
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(request.TimeZone, out var known) ? known : TimeZoneInfo.Utc;
        var checks = new CheckedResults(ledger, request.Question, services, zone);
        var scene = new Scene();
        var gate = new SentenceGate(piece => progress?.Invoke(new AnswerPart { TextDelta = checks.Current.Check(piece, scene).Text }));
        var text = await RunAsync(
            new RedactingChatClient(new AuditedChatClient(client, audited), redactor),
            spending,
            messages,
            ledger,
            gate,
            cancellationToken
        );
        Said = text;
        if (tools.Answers.Count == 0)
            throw new ModelException("the model answered without looking at the data");

        var (clean, struck) = checks.Current.Check(text);
        return Whole(tools.Answers, clean, struck, IsAboutTrouble(reading.Kind));
    }

    private static bool IsAboutTrouble(QuestionKind kind) =>
        kind is QuestionKind.Cause or QuestionKind.Affected or QuestionKind.Involved or QuestionKind.Overview;

    private async Task<string> RunAsync(
        IChatClient door,
        Spending spending,
        List<ChatMessage> messages,
        ToolLedger ledger,
        SentenceGate gate,
        CancellationToken cancellationToken
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Limits.Time);
        try
        {
            var text = await new ToolLoop(door, options, spending).RunAsync(messages, ledger, gate.Say, patience.Token);
            gate.End();
            return text;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelException(
                string.Create(CultureInfo.InvariantCulture, $"the model took longer than {options.Limits.Time.TotalSeconds:0.#} s")
            );
        }
    }

    // First the data of the last call that found something, then those of the calls before it: all that the answer may rest on. Queries
    // and evidence are those of all calls.
    private static Answer Whole(IReadOnlyList<Answer> found, string text, int struck, bool troubles)
    {
        var main =
            found.LastOrDefault(answer => answer is { Outcome: Outcome.Answered, Result: not NoResult })
            ?? found.LastOrDefault(answer => answer.Outcome == Outcome.Answered)
            ?? found[^1];
        var queries = new List<AnswerQuery>();
        var evidence = new List<Evidence>();
        foreach (var answer in found)
        {
            var before = queries.Count;
            string Renumbered(string id) =>
                string.Create(CultureInfo.InvariantCulture, $"q{before + int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture)}");
            queries.AddRange(answer.Queries.Select(query => query with { Id = Renumbered(query.Id) }));
            foreach (var claim in answer.Evidence)
                evidence.Add(
                    claim with
                    {
                        Id = string.Create(CultureInfo.InvariantCulture, $"e{evidence.Count + 1}"),
                        Query = Renumbered(claim.Query),
                    }
                );
        }

        return main with
        {
            Text = text,
            More = [.. main.More, .. Others(found, main)],
            Queries = queries,
            Evidence = evidence,
            Coverage = main.Coverage with { Exact = found.All(answer => answer.Coverage.Exact) },
            Proposal = troubles ? main.Proposal : null,
            Engine = AnswerEngine.Model,
            EngineNote = struck > 0 ? $"{Statements(struck)} not in the data and {(struck == 1 ? "is" : "are")} struck out." : null,
        };
    }

    private static IEnumerable<AnswerResult> Others(IReadOnlyList<Answer> found, Answer main)
    {
        var seen = main.More.Prepend(main.Result).Select(Written).ToHashSet(StringComparer.Ordinal);
        return found
            .Where(answer => answer != main && answer.Outcome == Outcome.Answered)
            .SelectMany(answer => answer.Shown)
            .Where(result => result is not (NoResult or ChoicesResult) && seen.Add(Written(result)));

        static string Written(AnswerResult result) => JsonSerializer.Serialize(result);
    }

    private static string Statements(int struck) =>
        struck == 1
            ? "1 statement of the model was"
            : string.Create(CultureInfo.InvariantCulture, $"{struck} statements of the model were");

    private static string About(PreviousTurn? previous)
    {
        if (previous is null)
            return string.Empty;
        // Values of earlier questions may be pasted from anywhere: one quoted line each, without signs that could pass for mark-up.
        var about = string.Join(
            ", ",
            previous.Plan.Chips.Select(chip =>
                $"{chip.Name} \"{Hostile.Line(chip.Value, ToolThresholds.Context).Replace('<', ' ').Replace('>', ' ').Replace('"', '\'')}\""
            )
        );
        return about.Length == 0 ? string.Empty : $", or what the conversation is about ({about})";
    }
}

/// <summary>Every word said to a model, from <c>prompts/*.md</c>.</summary>
internal static class Prompts
{
    public static string Investigate(string now, string zone, string conversation) =>
        Read("investigate")
            .Replace("{{now}}", now, StringComparison.Ordinal)
            .Replace("{{zone}}", zone, StringComparison.Ordinal)
            .Replace("{{conversation}}", conversation, StringComparison.Ordinal);

    public static string Final { get; } = Read("final");

    public static string Check { get; } = Read("check");

    private static string Read(string name)
    {
        using var stream =
            typeof(Prompts).Assembly.GetManifestResourceStream($"prompts/{name}.md")
            ?? throw new InvalidOperationException($"The prompt {name}.md is not part of this build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

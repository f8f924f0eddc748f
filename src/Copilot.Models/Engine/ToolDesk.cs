using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Answers.Contract;
using Copilot.Answers.Conversations;
using Copilot.Answers.Drafts;
using Copilot.Language.Linking;
using Copilot.Models.Audit;
using Copilot.Models.Tools;
using Microsoft.Extensions.AI;

namespace Copilot.Models.Engine;

/// <summary>The tools for whoever brings a model of his own: the same ones, with nothing kept from one call to the next.</summary>
public sealed class ToolDesk
{
    private readonly PlanAnswering _answering;
    private readonly ToolSources _sources;
    private readonly KnownNamesLoader _names;
    private readonly Redactor _redactor;
    private readonly TimeProvider _time;

    internal ToolDesk(PlanAnswering answering, ToolSources sources, KnownNamesLoader names, Redactor redactor, TimeProvider time)
    {
        (this._answering, this._sources, this._names, this._redactor, this._time) = (answering, sources, names, redactor, time);
        Offered =
        [
            .. Ledger(Tools(KnownNames.Empty, time.GetUtcNow(), "UTC"), 0)
                .Declarations.OfType<AIFunctionDeclaration>()
                .Select(tool => new OfferedTool(tool.Name, tool.Description, tool.JsonSchema)),
        ];
    }

    /// <summary>The tools, as a model is told of them.</summary>
    public IReadOnlyList<OfferedTool> Offered { get; }

    /// <summary>Carries out one call. What is wrong with it is told in the reply.</summary>
    /// <param name="asOf">What "now" is; the wall clock where null.</param>
    /// <param name="zone">IANA name of the zone in which times are told in words.</param>
    /// <param name="longest">How long the reply's text may be, in tokens.</param>
    /// <exception cref="Copilot.Store.StoreException">The store cannot be reached.</exception>
    public async Task<ToolReply> CallAsync(
        string name,
        IReadOnlyDictionary<string, JsonElement> arguments,
        DateTimeOffset? asOf,
        string zone,
        int longest,
        CancellationToken cancellationToken
    )
    {
        var tools = Tools(await _names.CurrentAsync(cancellationToken), asOf ?? _time.GetUtcNow(), zone);
        var ledger = Ledger(tools, longest * ToolThresholds.CharactersPerToken);
        var call = new FunctionCallContent(
            "call",
            name,
            arguments.ToDictionary(argument => argument.Key, argument => (object?)argument.Value, StringComparer.Ordinal)
        );
        var text = await ledger.CallAsync(call, cancellationToken);
        var status = JsonNode.Parse(text)?["status"]?.GetValue<string>() ?? "error";
        return new ToolReply(text, status, tools.Answers is [.., var last] ? last : null);
    }

    private InvestigationTools Tools(KnownNames names, DateTimeOffset asOf, string zone) =>
        new(_answering, _sources, names, asOf, zone, "mcp", null);

    private ToolLedger Ledger(InvestigationTools tools, int longest) => new(tools.Plugins(), _redactor, longest, traceContent: false);
}

/// <summary>A tool as it is offered.</summary>
/// <param name="Schema">JSON Schema of its arguments.</param>
public sealed record OfferedTool(string Name, string Description, JsonElement Schema);

/// <summary>What came of a call.</summary>
/// <param name="Json">The whole result, as a model reads it.</param>
/// <param name="Status">ok, truncated, no_data, error or refused.</param>
/// <param name="Answer">The answer that a person would be shown; null where the call came to none.</param>
public sealed record ToolReply(string Json, string Status, Answer? Answer);

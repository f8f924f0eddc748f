using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Answers;
using Copilot.Answers.Conversations;
using Copilot.Answers.Drafts;
using Copilot.Diagnosis;
using Copilot.Incidents;
using Copilot.Models.Audit;
using Copilot.Models.Engine;
using Copilot.Models.Tools;
using Copilot.Ownership;
using Copilot.Store;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Copilot.Models.Tests.Studies;

/// <summary>
/// Makes the corpus anew from a database into which a recorded system was imported: <c>RECORD_FROM</c> is its connection string,
/// <c>RECORD_CALLS</c> the file with the questions and their calls, <c>RECORD_AS_OF</c> what "now" is, and <c>RECORD_TO</c> the file to
/// write.
/// </summary>
public sealed class RecordingTests
{
    [RecordFact]
    [Trait("needs", "figures")]
    public async Task The_results_of_calls_are_recorded_with_who_wrote_what()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:Copilot"] = RecordFactAttribute.From })
            .Build();
        await using var provider = new ServiceCollection()
            .AddLogging()
            .AddStore(configuration)
            .AddOwnership(configuration)
            .AddDiagnosis()
            .AddIncidents(configuration)
            .AddAnswers(configuration)
            .AddModels(configuration)
            .BuildServiceProvider();
        await provider.GetRequiredService<CopilotDatabase>().StartAsync(CancellationToken.None);
        var names = await provider.GetRequiredService<KnownNamesLoader>().CurrentAsync(CancellationToken.None);
        var asOf = DateTimeOffset.Parse(Environment.GetEnvironmentVariable("RECORD_AS_OF")!, null);
        List<string> written =
        [
            new JsonObject { ["services"] = new JsonArray([.. names.Services.Select(service => (JsonNode)service.Name)]) }.ToJsonString(),
        ];
        foreach (var line in await File.ReadAllLinesAsync(Environment.GetEnvironmentVariable("RECORD_CALLS")!))
        {
            var asked = JsonNode.Parse(line)!;
            var tools = new InvestigationTools(
                provider.GetRequiredService<PlanAnswering>(),
                provider.GetRequiredService<ToolSources>(),
                names,
                asOf,
                "UTC",
                "recording",
                null
            );
            var ledger = new ToolLedger(
                tools.Plugins(),
                provider.GetRequiredService<Redactor>(),
                LimitThresholds.ResultTokens * ToolThresholds.CharactersPerToken,
                traceContent: false
            );
            foreach (var call in asked["calls"]!.AsArray())
                await ledger.CallAsync(
                    new FunctionCallContent("call", call![0]!.GetValue<string>(), call[1]!.Deserialize<Dictionary<string, object?>>()),
                    CancellationToken.None
                );
            written.Add(RecordedResults.Line(asked["id"]!.GetValue<string>(), asked["question"]!.GetValue<string>(), ledger.Results));
        }

        await File.WriteAllLinesAsync(Environment.GetEnvironmentVariable("RECORD_TO")!, written);
        Assert.NotEmpty(written.Skip(1));
    }

    /// <summary>Skipped, with the reason, where nobody says what to record from.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class RecordFactAttribute : FactAttribute
    {
        public static string? From { get; } = Environment.GetEnvironmentVariable("RECORD_FROM");

        public RecordFactAttribute() => Skip = From is null ? "needs RECORD_FROM, the database to record from" : null;
    }
}

using System.Diagnostics;
using Copilot.Answers;
using Copilot.Answers.Contract;
using Copilot.Diagnosis;
using Copilot.Incidents;
using Copilot.Ingest;
using Copilot.Ingest.Otlp;
using Copilot.Models;
using Copilot.Ownership;
using Copilot.Store;
using Copilot.Store.Intake;
using Copilot.Store.Reads.Filters;
using Copilot.Store.Reads.Requests;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Copilot.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Copilot.Web.Tests.Hosting;

/// <summary>The copilot's spans about itself, through the ordinary intake into its own store, and nowhere in an ordinary answer.</summary>
[Trait("needs", "postgres")]
public sealed class SelfTracingTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_question_leaves_a_trace_that_ordinary_questions_do_not_see()
    {
        await using var provider = await ComposeAsync([]);
        using var tracing = new SelfTracing(provider.GetRequiredService<InProcessIntake>(), provider.GetRequiredService<TracingOptions>());
        await tracing.StartAsync(CancellationToken.None);
        var copilot = provider.GetRequiredService<ICopilot>();
        var asOf = DateTimeOffset.UtcNow.AddSeconds(1);
        var rows = new TelemetryRows(postgres.Database, asOf.AddMinutes(-5));
        for (var i = 0; i < 10; i++)
            await rows.SpanAsync("shop", "GET /", i, 20);
        var before = await AskAsync(copilot, "which services have the highest error rate in the last 10 minutes?", asOf);
        // A caller's own tracing around it changes nothing: a question is a trace of its own.
        using (var around = new Activity("somebody else's").Start())
            await AskAsync(copilot, "how many requests in the last 10 minutes?", asOf);

        Assert.True(tracing.Flush());
        foreach (var pass in provider.GetServices<ITelemetryCatchUp>())
            await pass.CatchUpAsync(CancellationToken.None);

        Assert.Equal(
            2L,
            await postgres.ScalarAsync(
                """
                select count(*) from spans s join services v on v.id = s.service_id join operations o on o.id = s.operation_id
                where v.name = 'observability-copilot' and o.name = 'invoke_agent copilot' and s.parent_span_id is null
                  and s.attributes ->> 'gen_ai.operation.name' = 'invoke_agent' and s.attributes ->> 'gen_ai.conversation.id' like 'c\_%'
                """
            )
        );
        Assert.Equal(
            2L,
            await postgres.ScalarAsync(
                """
                select count(*) from spans s join spans p on p.trace_id = s.trace_id and p.span_id = s.parent_span_id join operations o on o.id = s.operation_id
                where o.name like 'execute_tool %' and s.attributes ->> 'gen_ai.tool.type' = 'function' and s.attributes ->> 'gen_ai.tool.call.result' is null
                """
            )
        );
        foreach (
            var question in new[]
            {
                "which services have the highest error rate in the last 10 minutes?",
                "slowest operations in the last 10 minutes",
                "show me traces of the last 10 minutes",
                "what is broken?",
            }
        )
        {
            var answer = await AskAsync(copilot, question, asOf);
            var told = System.Text.Json.JsonSerializer.Serialize(answer);
            Assert.DoesNotContain("observability-copilot", told, StringComparison.Ordinal);
            Assert.DoesNotContain("invoke_agent", told, StringComparison.Ordinal);
        }

        Assert.Equal(
            before.Text,
            (await AskAsync(copilot, "which services have the highest error rate in the last 10 minutes?", asOf)).Text
        );
        Assert.Equal(
            10.0,
            Assert.IsType<ScalarResult>((await AskAsync(copilot, "how many requests in the last 10 minutes?", asOf)).Result).Value
        );
        var spans = await provider
            .GetRequiredService<RequestReads>()
            .CountSpansAsync(SpanFilter.All, new TimeWindow(asOf.AddMinutes(-10), asOf.AddMinutes(1)), CancellationToken.None);
        Assert.Equal(10, spans);
    }

    [Fact]
    public async Task Switched_off_nothing_is_sent()
    {
        await using var provider = await ComposeAsync(new Dictionary<string, string?> { ["Tracing:Enabled"] = "false" });
        using var tracing = new SelfTracing(provider.GetRequiredService<InProcessIntake>(), provider.GetRequiredService<TracingOptions>());
        await tracing.StartAsync(CancellationToken.None);
        var earlier = await postgres.ScalarAsync(
            "select count(*) from spans s join services v on v.id = s.service_id where v.name = 'observability-copilot'"
        );
        await AskAsync(provider.GetRequiredService<ICopilot>(), "how many requests in the last 10 minutes?", DateTimeOffset.UtcNow);
        Assert.True(tracing.Flush());
        Assert.Equal(
            earlier,
            await postgres.ScalarAsync(
                "select count(*) from spans s join services v on v.id = s.service_id where v.name = 'observability-copilot'"
            )
        );
    }

    private static Task<Answer> AskAsync(ICopilot copilot, string question, DateTimeOffset asOf) =>
        copilot.AskAsync(new AskRequest { Question = question, AsOf = asOf }, CancellationToken.None);

    private async Task<ServiceProvider> ComposeAsync(Dictionary<string, string?> settings)
    {
        settings["ConnectionStrings:Copilot"] = postgres.ConnectionString;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var provider = new ServiceCollection()
            .AddLogging()
            .AddStore(configuration)
            .AddIngest(configuration)
            .AddOwnership(configuration)
            .AddDiagnosis()
            .AddIncidents(configuration)
            .AddAnswers(configuration)
            .AddModels(configuration)
            .BuildServiceProvider();
        await provider.GetRequiredService<CopilotDatabase>().StartAsync(CancellationToken.None);
        return provider;
    }
}

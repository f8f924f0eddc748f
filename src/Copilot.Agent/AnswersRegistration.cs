using Copilot.Agent.Answering;
using Copilot.Agent.Answering.Measures;
using Copilot.Agent.Answering.Records;
using Copilot.Agent.Answering.Traces;
using Copilot.Agent.Answering.Troubles;
using Copilot.Agent.Answers;
using Copilot.Agent.Audit;
using Copilot.Agent.Conversations;
using Copilot.Agent.Interpretation;
using Copilot.Agent.Interpretation.Catalogue;
using Copilot.Agent.Model;
using Copilot.Agent.Redaction;
using Copilot.Agent.Tools;
using Copilot.Agent.Tracing;
using Copilot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Copilot.Agent;

public static class AnswersRegistration
{
    /// <summary>What reads questions and answers them by itself. Needs the store, ownership, diagnosis and incidents.</summary>
    public static IServiceCollection AddAnswers(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<WindowResolver>().AddSingleton<Absence>().AddSingleton<RequestMeasuring>().AddSingleton<ValueMeasures>().AddSingleton<TroubleSearch>().AddSingleton<BadStretch>();
        services.AddSingleton<IAnswerer, MeasureAnswers>();
        services.AddSingleton<IAnswerer, SeriesAnswers>();
        services.AddSingleton<IAnswerer, ComparisonAnswers>();
        services.AddSingleton<IAnswerer, BreakdownAnswers>();
        services.AddSingleton<RankingAnswers>().AddSingleton<IAnswerer>(provider => provider.GetRequiredService<RankingAnswers>());
        services.AddSingleton<IAnswerer, SpanQueryAnswers>();
        services.AddSingleton<IAnswerer, TraceListAnswers>();
        services.AddSingleton<IAnswerer, TraceAnswers>();
        services.AddSingleton<IAnswerer, CallAnswers>();
        services.AddSingleton<IAnswerer, PeerAnswers>();
        services.AddSingleton<IAnswerer, ResourceAnswers>();
        services.AddSingleton<IAnswerer, OwnerAnswers>();
        services.AddSingleton<IAnswerer, ChangeAnswers>();
        services.AddSingleton<IAnswerer, LogAnswers>();
        services.AddSingleton<IAnswerer, TroubleAnswers>();
        services.AddSingleton<PlanAnswering>();
        services.AddSingleton<IInterpreter, Interpreter>().AddSingleton<LiveCatalogueLoader>().AddSingleton<ConversationStore>().AddSingleton<Feedback>();
        services.AddSingleton<ConversationReplay>();
        services.AddSingleton(configuration.GetSection("Tracing").Get<TracingOptions>() ?? new TracingOptions());
        services.AddSingleton<BuiltInCopilot>();
        return services;
    }
}

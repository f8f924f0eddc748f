using Copilot.Answers.Conversations;
using Copilot.Answers.Diagnoses;
using Copilot.Answers.Drafts;
using Copilot.Answers.Frames;
using Copilot.Answers.Measures;
using Copilot.Answers.Records;
using Copilot.Answers.Traces;
using Copilot.Language;
using Copilot.Store.Intake;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Copilot.Answers;

public static class AnswersRegistration
{
    /// <summary>What reads questions and answers them by itself. Needs the store, ownership, diagnosis and incidents.</summary>
    public static IServiceCollection AddAnswers(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddSingleton<WindowResolver>()
            .AddSingleton<Absence>()
            .AddSingleton<RequestMeasuring>()
            .AddSingleton<ValueMeasures>()
            .AddSingleton<DiagnosisSearch>()
            .AddSingleton<BadStretch>();
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
        services.AddSingleton<IAnswerer, RunbookAnswers>();
        services.AddSingleton<IAnswerer, TimeSpentAnswers>();
        services.AddSingleton<IAnswerer, ChangeAnswers>();
        services.AddSingleton<IAnswerer, LogAnswers>();
        services.AddSingleton<IAnswerer, DiagnosisAnswers>();
        services.AddSingleton<IFrameEngine, LogFrames>();
        services
            .AddSingleton<FrameReads>()
            .AddSingleton<FrameGroups>()
            .AddSingleton<FrameTeams>()
            .AddSingleton<TeamScope>()
            .AddSingleton<FrameSeries>()
            .AddSingleton<FrameComparisons>()
            .AddSingleton<FrameLists>()
            .AddSingleton<IFrameEngine, SpanFrames>()
            .AddSingleton<IAnswerer, FrameAnswers>();
        services.AddSingleton<IAnswerer, PeriodAnswers>();
        services.AddSingleton<IFrameEngine, MetricFrames>();
        services.AddSingleton<IFrameEngine, ErrorFrames>();
        services.AddSingleton<IAnswerer, SummaryAnswers>();
        services.AddSingleton<PlanAnswering>();
        services
            .AddSingleton<IInterpreter, Interpreter>()
            .AddSingleton<KnownNamesReader>()
            .AddSingleton<KnownNamesLoader>()
            .AddSingleton<ITelemetryCatchUp>(provider => provider.GetRequiredService<KnownNamesLoader>())
            .AddSingleton<ConversationStore>()
            .AddSingleton<QuestionReader>()
            .AddSingleton<Feedback>();
        services.AddHostedService<WarmUp>().AddHostedService<KnownNamesUpkeep>();
        services.AddSingleton<ConversationReplay>();
        services.AddSingleton(configuration.GetSection("Tracing").Get<TracingOptions>() ?? new TracingOptions());
        services.AddSingleton<BuiltInCopilot>();
        return services;
    }
}

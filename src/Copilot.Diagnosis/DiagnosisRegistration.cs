using Copilot.Diagnosis.Alerts;
using Copilot.Diagnosis.Investigations;
using Copilot.Diagnosis.Timeline;
using Copilot.Diagnosis.Windows;
using Copilot.Store.Investigations;
using Copilot.Store.Reads.Requests;
using Copilot.Store.Retention;
using Copilot.Store.Rollups;
using Copilot.Store.Samples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Copilot.Diagnosis;

public static class DiagnosisRegistration
{
    /// <summary>Who is affected, where it starts, and the investigations that were opened. Needs the store and ownership.</summary>
    public static IServiceCollection AddDiagnosis(this IServiceCollection services)
    {
        services.AddSingleton<InvestigationStore>();
        services.AddSingleton<InvestigationNoticeStore>();
        services.AddSingleton<InvestigationRepository>();
        services.AddHostedService<InvestigationNotifier>();
        services.AddSingleton<AlertStore>();
        services.AddSingleton<AlertedServices>();
        services.AddSingleton<AlertIntake>();
        services.AddHostedService(provider => provider.GetRequiredService<AlertIntake>());
        services.AddSingleton<SampleReads>();
        services.AddSingleton<SampleLogReads>();
        services.AddSingleton<SampleMetricReads>();
        services.AddSingleton<SampleNames>();
        services.AddSingleton<ServiceMinuteReads>();
        services.AddSingleton<ServiceStepReads>();
        services.TryAddSingleton<ThinnedHours>();
        services.AddSingleton<TroubleTimeline>();
        services.AddSingleton<LongTroubles>();
        services.AddSingleton<RequestStepReads>();
        services.AddSingleton<SubjectTimeline>();
        services.AddSingleton<ServiceCountReads>();
        services.AddSingleton<WorseServices>();
        services.AddSingleton(new DiagnosisOptions());
        services.AddSingleton<WindowLook>();
        services.AddSingleton<WindowAnalyzer>();
        services.AddSingleton<TrafficReads>();
        services.AddHostedService<FirstLooks>();
        services.AddSingleton<IWindowDiagnoser, WindowDiagnoser>();
        return services;
    }
}

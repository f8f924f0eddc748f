using Copilot.Store.Retention;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Copilot.Store.Intake;

internal static class TelemetryWritingRegistration
{
    public static IServiceCollection AddTelemetryWriting(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Retention").Get<RetentionOptions>() ?? new RetentionOptions());
        services.AddSingleton<TelemetryPartitions>();
        return services.AddSingleton<ITelemetryWriter, TelemetryWriter>();
    }
}

using Copilot.Answers.Contract;
using Copilot.Answers.Conversations;
using Copilot.Answers.Drafts;
using Copilot.Models.Audit;
using Copilot.Models.Engine;
using Copilot.Models.Providers;
using Copilot.Models.Tools;
using Copilot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Copilot.Models;

public static class ModelsRegistration
{
    /// <summary>Models that choose the tools and word the answer, what they are sent and the record of it. Needs the answers.</summary>
    public static IServiceCollection AddModels(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Model").Get<ModelOptions>() ?? new ModelOptions());
        services.AddSingleton(configuration.GetSection("Redaction").Get<RedactionOptions>() ?? new RedactionOptions());
        services.AddSingleton(configuration.GetSection("Audit").Get<AuditOptions>() ?? new AuditOptions());
        services.AddSingleton(provider => new ModelAudit(
            provider.GetRequiredService<IDbContextFactory<CopilotContext>>(),
            provider.GetRequiredService<ModelOptions>(),
            provider.GetRequiredService<AuditOptions>(),
            provider.GetRequiredService<Redactor>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddHostedService<AuditRetention>();
        services.AddSingleton<Redactor>().AddSingleton<ToolSources>().AddSingleton<ModelAccess>();
        services.AddSingleton(provider => new ModelCheck(
            provider.GetRequiredService<ModelOptions>(),
            provider.GetRequiredService<ModelAccess>()
        ));
        services.AddSingleton(provider => new ToolDesk(
            provider.GetRequiredService<PlanAnswering>(),
            provider.GetRequiredService<ToolSources>(),
            provider.GetRequiredService<KnownNamesLoader>(),
            provider.GetRequiredService<Redactor>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<ICopilot, ChosenCopilot>();
        return services;
    }
}

using Copilot.Access.Audit;
using Copilot.Access.Keys;
using Copilot.Access.Sessions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Copilot.Access;

public static class AccessRegistration
{
    /// <summary>Keys, sessions and the audit log. Needs the store, and comes right after it: what it has to write, it writes before the
    /// store
    /// stops.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        var signIn = configuration.GetSection("SignIn").Get<SignInOptions>() ?? new SignInOptions();
        services.AddSingleton(signIn);
        services.AddSingleton(configuration.GetSection("AuditLog").Get<AuditLogOptions>() ?? new AuditLogOptions());
        services.AddSingleton<KeyRing>().AddSingleton<KeyStore>().AddHostedService<KeyUpkeep>();
        services.AddSingleton<SessionEnds>().AddSingleton<SessionStore>();
        services.AddSingleton<AuditReads>();
        services.AddSingleton<AuditLog>().AddHostedService(provider => provider.GetRequiredService<AuditLog>());
        services.AddSingleton<AuditUpkeep>().AddHostedService(provider => provider.GetRequiredService<AuditUpkeep>());
        if (signIn.Mode != SignInMode.SingleUser)
        {
            services.AddDataProtection().SetApplicationName("observability-copilot");
            services.AddSingleton<IXmlRepository, ProtectionKeys>();
            services
                .AddOptions<KeyManagementOptions>()
                .Configure<IXmlRepository>((management, repository) => management.XmlRepository = repository);
        }

        return services;
    }
}

using System.Xml.Linq;
using Copilot.Store;
using Copilot.Store.Access;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Access.Sessions;

/// <summary>Keeps what cookies are encrypted with in the store, so that a restart signs nobody out and instances read each
/// other's.</summary>
internal sealed class ProtectionKeys(IDbContextFactory<CopilotContext> contexts) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var context = contexts.CreateDbContext();
        return [.. context.Set<ProtectionKeyRow>().AsNoTracking().Select(row => row.Xml).ToList().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var context = contexts.CreateDbContext();
        context.Add(new ProtectionKeyRow { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        context.SaveChanges();
    }
}

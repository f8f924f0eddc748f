using Copilot.Telemetry.Text;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Incidents;

/// <summary>Keeps a closed set of states as the words that it is called by.</summary>
internal static class EnumColumn
{
    public static PropertyBuilder<T> HasWords<T>(this PropertyBuilder<T> property)
        where T : struct, Enum => property.HasConversion(value => value.Word(), word => EnumWords.Parse<T>(word));

    public static PropertyBuilder<T?> HasWords<T>(this PropertyBuilder<T?> property)
        where T : struct, Enum => property.HasConversion(value => value!.Value.Word(), word => EnumWords.Parse<T>(word));
}

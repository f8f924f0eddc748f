using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Diagnoses;

/// <summary>
/// A value with other members in JSON than its record has: what is kept and what digests are of stays as it was written first. Said at
/// the member that holds it.
/// </summary>
public abstract class KeptShape<T> : JsonConverter<T>
{
    private readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> _shaped = [];

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<T>(ref reader, Shaped(options));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, Shaped(options));

    /// <summary>Asked for every type that is met within the value.</summary>
    protected abstract void Shape(JsonTypeInfo type);

    protected static void Remove(JsonTypeInfo type, params string[] members)
    {
        var names = members.Select(member => Name(type, member)).ToArray();
        foreach (var property in type.Properties.Where(property => names.Contains(property.Name)).ToArray())
            type.Properties.Remove(property);
    }

    protected static void AddNull(JsonTypeInfo type, string member)
    {
        var property = type.CreateJsonPropertyInfo(typeof(string), Name(type, member));
        property.Get = _ => null;
        type.Properties.Add(property);
    }

    private static string Name(JsonTypeInfo type, string member) => type.Options.PropertyNamingPolicy?.ConvertName(member) ?? member;

    private JsonSerializerOptions Shaped(JsonSerializerOptions options) =>
        _shaped.GetValue(
            options,
            plain => new JsonSerializerOptions(plain)
            {
                TypeInfoResolver = (plain.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(Shape),
            }
        );
}

/// <summary>The change that a cause goes with: without where it was told, and with two members that nothing has ever set.</summary>
public sealed class KeptChange : KeptShape<Change>
{
    protected override void Shape(JsonTypeInfo type)
    {
        if (type.Type != typeof(Change))
            return;
        Remove(type, nameof(Change.Url), nameof(Change.Source));
        AddNull(type, "Flag");
        AddNull(type, "Value");
    }
}

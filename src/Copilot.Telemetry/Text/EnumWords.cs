using System.Reflection;
using System.Text.Json.Serialization;

namespace Copilot.Telemetry.Text;

/// <summary>
/// The words that a closed set of states is kept, sent and shown as. Each member names its own once, by
/// <see cref="JsonStringEnumMemberNameAttribute"/>: rows and pages say what the HTTP interface says.
/// </summary>
public static class EnumWords
{
    public static string Word<T>(this T value)
        where T : struct, Enum =>
        Of<T>.Words.GetValueOrDefault(value)
        ?? throw new ArgumentOutOfRangeException(nameof(value), value, $"{typeof(T).Name} has no such member.");

    /// <summary>The member that a word stands for; null where none does.</summary>
    public static T? Find<T>(string word)
        where T : struct, Enum => Of<T>.Members.TryGetValue(word, out var value) ? value : null;

    /// <exception cref="FormatException">No member is called so.</exception>
    public static T Parse<T>(string word)
        where T : struct, Enum => Find<T>(word) ?? throw new FormatException($"'{word}' is no {typeof(T).Name} that this build knows.");

    private static class Of<T>
        where T : struct, Enum
    {
        public static readonly IReadOnlyDictionary<T, string> Words = typeof(T)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .ToDictionary(
                field => (T)field.GetValue(null)!,
                field =>
                    field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
                    ?? throw new InvalidOperationException($"{typeof(T).Name}.{field.Name} has no word.")
            );

        public static readonly IReadOnlyDictionary<string, T> Members = Words.ToDictionary(
            pair => pair.Value,
            pair => pair.Key,
            StringComparer.Ordinal
        );
    }
}

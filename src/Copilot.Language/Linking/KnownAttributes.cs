using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Linking;

/// <summary>An attribute key seen on a service's spans or resources.</summary>
/// <param name="Type">string, int, double, bool, array, object or bytes.</param>
/// <param name="ManyValues">More distinct values than are kept: ids, texts.</param>
public sealed record KnownAttribute(AttributeScope Scope, string Key, string Service, string Type, bool Entry, bool ManyValues);

/// <summary>A value that an attribute was seen with.</summary>
/// <param name="Seen">How often, roughly.</param>
public sealed record KnownValue(AttributeScope Scope, string Key, string Service, string Value, string Type, bool Entry, long Seen);

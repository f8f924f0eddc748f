namespace Copilot.Language.Asks;

/// <summary>Names of fields that every telemetry has.</summary>
internal static class FieldNames
{
    public const string Service = "service.name";

    /// <summary>The last part of keys that tell one thing from another.</summary>
    public const string Id = "id";
}

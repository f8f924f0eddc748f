namespace Copilot.Analysis.Samples;

/// <summary>An attribute with its value as text.</summary>
public readonly record struct AttributeValue(string Key, string Value);

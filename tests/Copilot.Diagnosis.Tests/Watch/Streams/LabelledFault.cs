namespace Copilot.Diagnosis.Tests.Watch.Streams;

/// <summary>A fault that is known to have been, with the service in which it starts.</summary>
internal sealed record LabelledFault(string Id, string Cause, DateTimeOffset From, DateTimeOffset To);

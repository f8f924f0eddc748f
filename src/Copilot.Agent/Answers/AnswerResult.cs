using System.Text.Json.Serialization;
using Copilot.Agent.Answers.Results;

namespace Copilot.Agent.Answers;

/// <summary>The data of an answer; its JSON member <c>kind</c> names the shape.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ScalarResult), "scalar")]
[JsonDerivedType(typeof(ServicesResult), "services")]
[JsonDerivedType(typeof(OperationsResult), "operations")]
[JsonDerivedType(typeof(TracesResult), "traces")]
[JsonDerivedType(typeof(OwnersResult), "owners")]
[JsonDerivedType(typeof(ChangesResult), "changes")]
[JsonDerivedType(typeof(SeriesResult), "series")]
[JsonDerivedType(typeof(BreakdownResult), "breakdown")]
[JsonDerivedType(typeof(ComparisonResult), "comparison")]
[JsonDerivedType(typeof(TraceResult), "trace")]
[JsonDerivedType(typeof(LogsResult), "logs")]
[JsonDerivedType(typeof(ChoicesResult), "choices")]
[JsonDerivedType(typeof(NoResult), "none")]
public abstract record AnswerResult;

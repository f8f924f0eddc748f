using Copilot.Agent.Interpretation.Catalogue;
using Copilot.Agent.Questions;

namespace Copilot.Agent.Interpretation;

/// <summary>Reads a question in plain words. Pure: the same request gives the same plan; it never throws on any text.</summary>
public interface IInterpreter
{
    /// <summary>The best reading: a plan to carry out, a question back (<see cref="QuestionKind.Clarify"/>) or a refusal.</summary>
    QuestionPlan Interpret(InterpreterRequest request, LiveCatalogue catalogue);
}

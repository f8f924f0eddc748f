using System.Text.Json.Nodes;
using Copilot.Models.Audit;
using Copilot.Models.Phrases;
using Copilot.Models.Tools;

namespace Copilot.Models.Facts;

/// <summary>What the arguments of a call bring in: a limit, a threshold, a step and times may be said again, and a call for callers or
/// callees says which way a list of services goes.</summary>
internal sealed class CallFacts(FactBook book)
{
    public void Read(ToolCall? call, FactEntry root)
    {
        if (call is null)
            return;
        foreach (var (name, value) in call.Arguments)
        {
            if (ResultReader.Number(value) is { } number)
                root.Facts.Add(
                    new Fact(number, FactUnit.Plain, name == "limit" ? MeasureNames.ListCount : MeasureNames.Asked, FactSide.None, root)
                );
            else if (value is JsonValue text && text.TryGetValue<string>(out var said))
                Said(name, said, root);
        }
    }

    /// <summary>A service of a list of callers or callees.</summary>
    public static void Link(FactBook book, ToolCall? call, string service, string role)
    {
        if (call?.Text("service") is not { } asked)
            return;
        book.AskedCalls(asked, call.Text("direction") != "callers");
        if (role == "caller")
            book.Call(service, asked);
        else if (role is "callee" or "peer")
            book.Call(asked, service);
    }

    private void Said(string name, string said, FactEntry root)
    {
        if (name is "from" or "to" or "againstFrom" or "againstTo")
        {
            if (ResultReader.At(said) is { } at)
            {
                book.Know(said, KnownAs.Time);
                root.Times.Add(new FactTime(at, "window", root));
            }
        }
        else if (name is "step" && SaidNumber.Of(said) is { Unit: FactUnit.Duration } step)
        {
            root.Facts.Add(new Fact(step.Value, FactUnit.Duration, "step", FactSide.None, root));
        }
    }
}

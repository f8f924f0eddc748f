using System.Runtime.CompilerServices;

namespace Copilot.Telemetry.Intake;

/// <summary>
/// Values of the span attributes that have columns of their own; what is here is not in the attributes' JSON.
/// Texts are slices of the batch's arena, in the order of <see cref="PromotedKeys.Texts"/>.
/// </summary>
public struct PromotedAttributes
{
    public short? HttpResponseStatusCode;
    public int? ServerPort;
    public TextValues Texts;

    [InlineArray(PromotedKeys.TextCount)]
    public struct TextValues
    {
        private TextSlice _first;
    }
}

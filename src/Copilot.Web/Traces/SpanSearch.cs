using Copilot.Store.Reads.Traces;

namespace Copilot.Web.Traces;

/// <summary>Which spans of a trace hold a text: in their service, operation, status, or an attribute's name or value.</summary>
public static class SpanSearch
{
    public static bool Holds(SpanDetail span, string text) =>
        Has(span.Service, text)
        || Has(span.Operation, text)
        || Has(span.StatusMessage, text)
        || AttributeText.List(span.Attributes).Any(entry => Has(entry.Key, text) || Has(entry.Value, text));

    private static bool Has(string? value, string text) => value?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}

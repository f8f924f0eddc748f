using System.Globalization;
using System.Text.RegularExpressions;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.TraceQL.Syntax;

namespace Copilot.Models.Tools;

/// <summary>What a tool was called with, checked and made typed; a complaint says what to pass instead.</summary>
/// <param name="zone">The asker's zone, in which the answers tell times.</param>
internal sealed partial class ToolArguments(KnownNames catalogue, DateTimeOffset asOf, string zone)
{
    /// <exception cref="ArgumentException">A service, time or condition is not to be understood.</exception>
    public QuestionPlan Plan(QuestionKind kind, string[]? services, string[]? operations, string[]? conditions, string? from, string? to)
    {
        var named = (services ?? []).Where(name => name.Length > 0).Select(Service).ToList();
        return new QuestionPlan
        {
            Kind = kind,
            AsOfNs = UnixNanos.From(asOf),
            TimeZone = zone,
            Window = Window(from, to),
            Services = named,
            Operations = [.. (operations ?? []).Where(name => name.Length > 0).Select(Operation)],
            Conditions = [.. (conditions ?? []).Where(text => text.Length > 0).Select(text => Condition(text, named))],
        };
    }

    public PlannedWindow Window(string? from, string? to) => PlannedWindow.At(Times(from, to), "model");

    public TimeWindow Times(string? from, string? to)
    {
        var end = to is { Length: > 0 } ? Time(to, nameof(to)) : asOf;
        var start = from is { Length: > 0 } ? Time(from, nameof(from)) : end - ToolThresholds.UsualWindow;
        if (start >= end)
            throw new ArgumentException("'from' must be before 'to'.");
        if (end - start > ToolThresholds.LongestWindow)
            throw new ArgumentException("The window is longer than 31 days; narrow it.");
        return new TimeWindow(start, end);
    }

    public static Measure MeasureOf(string name) =>
        Enum.GetValues<Measure>()
            .Cast<Measure?>()
            .FirstOrDefault(measure => string.Equals(measure!.Value.Name(), name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException(
            $"'{name}' is no measure; use one of {string.Join(", ", Enum.GetValues<Measure>().Select(measure => measure.Name()))}."
        );

    public AttributeName Attribute(string name)
    {
        var (scope, key) = Field(name);
        return new AttributeName(scope, key);
    }

    public AttributeCondition Condition(string text, IReadOnlyList<ServiceReference> services)
    {
        var found = ConditionText().Match(text);
        if (!found.Success)
            throw new ArgumentException(
                $"'{text}' is no condition; write it like span.currency = CHF, resource.k8s.pod.name != web-1 or span.cart.items > 5."
            );
        var (scope, key) = Field(found.Groups["key"].Value);
        var value = found.Groups["value"].Value.Trim().Trim('"', '\'');
        var known = catalogue.Attributes.Where(attribute => attribute.Key == key && attribute.Scope == scope).ToList();
        if (known.Count == 0)
            throw new ArgumentException($"No span has an attribute '{key}'; find_attributes lists those there are.");
        var onEntry = known.Any(attribute =>
            attribute.Entry && (services.Count == 0 || services.Any(service => service.Name == attribute.Service))
        );
        return new AttributeCondition(
            scope,
            key,
            Operator(found.Groups["op"].Value),
            [value],
            TypeOf(known, value),
            onEntry || scope == AttributeScope.Resource,
            text
        );
    }

    private (AttributeScope Scope, string Key) Field(string name)
    {
        if (name.StartsWith("span.", StringComparison.Ordinal))
            return (AttributeScope.Span, name["span.".Length..]);
        if (name.StartsWith("resource.", StringComparison.Ordinal))
            return (AttributeScope.Resource, name["resource.".Length..]);
        var onResource =
            catalogue.Attributes.Any(attribute => attribute.Key == name && attribute.Scope == AttributeScope.Resource)
            && !catalogue.Attributes.Any(attribute => attribute.Key == name && attribute.Scope == AttributeScope.Span);
        return (onResource ? AttributeScope.Resource : AttributeScope.Span, name);
    }

    private static ConditionValueType TypeOf(List<KnownAttribute> known, string value) =>
        known[0].Type switch
        {
            "int" or "double" when decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) =>
                ConditionValueType.Number,
            "bool" when value is "true" or "false" => ConditionValueType.Boolean,
            _ => ConditionValueType.Text,
        };

    private static ConditionOperator Operator(string sign) =>
        sign switch
        {
            "=" or "==" => ConditionOperator.Equal,
            "!=" => ConditionOperator.NotEqual,
            ">" => ConditionOperator.Greater,
            ">=" => ConditionOperator.GreaterOrEqual,
            "<" => ConditionOperator.Less,
            "<=" => ConditionOperator.LessOrEqual,
            _ => ConditionOperator.Contains,
        };

    private static DateTimeOffset Time(string text, string name) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : throw new ArgumentException($"'{name}' must be an RFC 3339 time such as 2026-01-31T12:00:00Z.");

    private ServiceReference Service(string name)
    {
        var known = catalogue.Services.FirstOrDefault(service =>
            string.Equals(service.Name, name, StringComparison.OrdinalIgnoreCase)
            || service.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase)
        );
        return known is null
            ? new ServiceReference(name, name == OwnService.Name ? ServiceStanding.Instrumented : ServiceStanding.Unknown, name)
            : new ServiceReference(known.Name, known.Instrumented ? ServiceStanding.Instrumented : ServiceStanding.Peer, name);
    }

    private OperationReference Operation(string name)
    {
        var services = catalogue.Operations.Where(operation => operation.Name == name).Select(operation => operation.Service).ToList();
        return services.Count > 0
            ? new OperationReference(name, services, name)
            : throw new ArgumentException($"No span is called '{name}'; find_services lists the operations of a service.");
    }

    [GeneratedRegex(
        @"^\s*(?<key>[A-Za-z_][\w./-]*)\s*(?<op>>=|<=|!=|==|=|>|<|\bcontains\b)\s*(?<value>.+)$",
        RegexOptions.None,
        PatternThresholds.OfPart
    )]
    private static partial Regex ConditionText();
}

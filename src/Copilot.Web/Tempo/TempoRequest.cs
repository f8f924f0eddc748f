using System.Globalization;
using System.Text.RegularExpressions;
using Copilot.Telemetry.Records;
using Copilot.TraceQL;
using Copilot.TraceQL.Checking;
using Copilot.TraceQL.Syntax;
using Copilot.Web.Api.Edge;

namespace Copilot.Web.Tempo;

/// <summary>Reads the parameters of a request as Tempo's documentation writes them.</summary>
internal sealed partial class TempoRequest(IQueryCollection query, TimeProvider time)
{
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestStep = TimeSpan.FromMilliseconds(1);

    public string? Text(string name) => query[name].FirstOrDefault() is { Length: > 0 } value ? value : null;

    public int Number(string name, int otherwise, int least, int most)
    {
        if (Text(name) is not { } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least
            ? Math.Min(value, most)
            : throw new TempoRequestException($"'{name}' must be a whole number from {least} to {most}.");
    }

    public bool Flag(string name) =>
        Text(name) is { } text
        && (bool.TryParse(text, out var flag) ? flag : throw new TempoRequestException($"'{name}' must be true or false."));

    /// <summary>start and end, or since before now, or the last hour.</summary>
    public TimeWindow Window()
    {
        var to = Text("end") is { } end ? Time("end", end) : UnixNanos.From(time.GetUtcNow());
        var from = Text("start") is { } start
            ? Time("start", start)
            : to - ((Text("since") is { } since ? Duration("since", since) : DefaultWindow).Ticks * 100);
        return from < to ? new TimeWindow(from, to) : throw new TempoRequestException("'start' must lie before 'end'.");
    }

    /// <summary>A whole number of milliseconds at least: series are told by them.</summary>
    public TimeSpan? Step()
    {
        if (Text("step") is not { } text)
            return null;
        return Duration("step", text) is var step && step >= ShortestStep
            ? step
            : throw new TempoRequestException("'step' must be at least 1ms.");
    }

    public TraceQlQuery Query()
    {
        if (Text("q") is not { } text)
            return TagsQuery();
        if (Text("tags") is not null)
            throw new TempoRequestException("'q' and 'tags' cannot be asked together: write the tags into the query.");
        return TraceQlParser.TryParse(text, out var parsed, out var error) ? parsed : throw Refused(error, text);
    }

    /// <summary>The filter that narrows tags and values; null where none is given. One that is still being typed counts as far as it
    /// goes.</summary>
    public TraceQlQuery? Narrowing() =>
        Text("q") is { } text && TraceQlParser.ParseLenient(text) is { SingleFilter: not null } parsed ? parsed : null;

    private static TempoRequestException Refused(TraceQlError error, string text)
    {
        var advised = QueryAdvisor.WithAdvice(error, text);
        return new TempoRequestException(
            $"invalid TraceQL query: {error}"
                + (advised.Hint is null ? "" : $" ({advised.Hint})")
                + (advised.Fix is null ? "" : $"\nDid you mean: {advised.Fix}")
        );
    }

    /// <summary>The search of old: tags in logfmt, minDuration and maxDuration.</summary>
    private TraceQlQuery TagsQuery()
    {
        var conditions = new List<FieldExpression>();
        foreach (Match tag in Tag().Matches(Text("tags") ?? ""))
            conditions.Add(
                Contains(
                    Named(tag.Groups["key"].Value),
                    tag.Groups["quoted"].Success ? tag.Groups["quoted"].Value : tag.Groups["plain"].Value
                )
            );
        if (Text("minDuration") is { } least)
            conditions.Add(
                Field.Of(Intrinsic.TraceDuration).Compared(FieldOperator.GreaterOrEqual, Literal.Of(Duration("minDuration", least)))
            );
        if (Text("maxDuration") is { } most)
            conditions.Add(
                Field.Of(Intrinsic.TraceDuration).Compared(FieldOperator.LessOrEqual, Literal.Of(Duration("maxDuration", most)))
            );
        return TraceQlQuery.Of(new SpansetFilter(Field.All(conditions) ?? Literal.Of(true)));
    }

    /// <summary>Tempo looks for the text anywhere in a value, whatever its case; a number or true and false are meant as such
    /// too.</summary>
    private static FieldExpression Contains(FieldExpression field, string value)
    {
        var contains = field.Matches($"(?i).*{RegexOf(value)}.*");
        if (field is IntrinsicReference)
            return contains;
        if (bool.TryParse(value, out var flag))
            return contains.Or(field.Is(flag));
        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? contains.Or(field.Is(number))
            : contains;
    }

    private static string RegexOf(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || !char.IsAscii(c) || c is ' ' or '_' ? c.ToString() : "\\" + c));

    private static FieldExpression Named(string key) =>
        key switch
        {
            "name" => Field.Of(Intrinsic.Name),
            "root.name" => Field.Of(Intrinsic.RootName),
            "root.service.name" => Field.Of(Intrinsic.RootServiceName),
            _ => Field.Any(key),
        };

    /// <summary>Unix seconds, Unix nanoseconds, or RFC 3339.</summary>
    private static long Time(string name, string text)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            var nanos = number < 100_000_000_000m ? number * UnixNanos.PerSecond : number;
            return nanos < UnixNanos.From(BoundedTime.End)
                ? (long)nanos
                : throw new TempoRequestException(
                    $"'{name}' lies too far in the future: times are {BoundedTime.Range}, in Unix seconds, Unix nanoseconds or RFC 3339."
                );
        }

        return BoundedTime.TryParse(text, out var parsed)
            ? UnixNanos.From(parsed.Value)
            : throw new TempoRequestException(
                $"'{name}' must be a time {BoundedTime.Range} in Unix seconds, such as 1767225600, or RFC 3339."
            );
    }

    private static TimeSpan Duration(string name, string text)
    {
        if (
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e9
        )
            return TimeSpan.FromSeconds(seconds);
        var filter = TraceQlParser.TryParse($"{{ duration > {text} }}", out var parsed, out _) ? parsed.SingleFilter?.Condition : null;
        return filter is FieldBinary { Right: Literal { Kind: LiteralKind.Duration, Integer: > 0 } duration }
            ? TimeSpan.FromTicks(duration.Integer / 100)
            : throw new TempoRequestException($"'{name}' must be a duration, such as 15m or 90s.");
    }

    [GeneratedRegex("""(?<key>[^\s=]+)=(?:"(?<quoted>[^"]*)"|(?<plain>\S*))""")]
    private static partial Regex Tag();
}

/// <summary>A request that cannot be answered, with what the sender should do.</summary>
internal sealed class TempoRequestException(string message, int status = StatusCodes.Status400BadRequest) : Exception(message)
{
    public int Status { get; } = status;
}

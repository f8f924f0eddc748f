using Copilot.Telemetry.Records;
using Copilot.Testing.Oracle;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Tests.Queries;

/// <summary>
/// Random traces in the words of a pair: every attribute that either query names takes the values that they compare it with, others near
/// them, or is missing.
/// Where conventions have several names for one thing, a span carries the one that the given query names, as any one instrumentation does.
/// </summary>
internal sealed class PairTraces(Vocabulary given, Vocabulary made, int seed)
{
    private const int Traces = 30;
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(seed);
    private readonly Dictionary<FieldExpression, List<Literal>> _words = Merged(given, made);

    public OracleData Generate()
    {
        var spans = new List<OracleSpan>();
        for (var t = 0; t < Traces; t++)
            spans.AddRange(Trace(t));
        return new OracleData(spans, new TimeWindow(Start, Start.AddMinutes(10)));
    }

    private static Dictionary<FieldExpression, List<Literal>> Merged(Vocabulary given, Vocabulary made)
    {
        var merged = given.Words.ToDictionary(w => w.Key, w => w.Value.ToList());
        foreach (var (field, values) in made.Words)
        {
            if (merged.TryGetValue(field, out var known))
                known.AddRange(values.Except(known));
            else if (!given.Words.Keys.Any(other => OneThing.Is(field, other)))
                merged[field] = [.. values];
        }

        return merged;
    }

    private IEnumerable<OracleSpan> Trace(int number)
    {
        var ids = Texts(Intrinsic.TraceId);
        var id =
            number < ids.Count && Guid.TryParseExact(ids[number], "N", out var named)
                ? named
                : new Guid(number + 1, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]);
        var children =
            _words
                .GetValueOrDefault(Field.Of(Intrinsic.ChildCount))
                ?.Where(v => v.Kind == LiteralKind.Integer)
                .Select(v => (int)v.Integer)
                .DefaultIfEmpty(0)
                .Max()
            ?? 0;
        var count = _random.Next(1, 12 + (2 * Math.Max(children, given.Spans)));
        var start = UnixNanos.From(Start.AddSeconds(_random.Next(0, 590)));
        // Most traces are of one mind: their spans agree in most of what is asked about.
        var focus = _random.NextDouble() * 0.9;
        // Some traces are short, and some began twice.
        var shortened = _random.Next(5) == 0 ? 20 : 1;
        var own = SpanIds();
        long Named(int i) => i <= own.Count ? own[i - 1] : i;
        for (var i = 1; i <= count; i++)
        {
            var parent = children > 0 && _random.Next(3) > 0 ? 1 : _random.Next(Math.Max(1, i - 3), i);
            yield return Span(
                id,
                Named(i),
                i == 1 || _random.Next(25) == 0 ? null : Named(parent),
                start + (i * 1_000_000L / shortened),
                shortened,
                focus
            );
        }
    }

    /// <summary>The spans that are asked for by their ids are the first ones of a trace.</summary>
    private List<long> SpanIds() =>
        [
            .. Texts(Intrinsic.SpanId)
                .Concat(Texts(Intrinsic.ParentId))
                .Distinct()
                .Select(t =>
                    long.TryParse(
                        t,
                        System.Globalization.NumberStyles.HexNumber,
                        System.Globalization.CultureInfo.InvariantCulture,
                        out var id
                    )
                        ? id
                        : 0
                )
                .Where(id => id != 0),
        ];

    private OracleSpan Span(Guid trace, long id, long? parent, long start, int shortened, double focus)
    {
        var span = new OracleSpan
        {
            Trace = trace,
            Id = id,
            Parent = parent,
            Start = start,
            Duration = Math.Max(1, Duration() / shortened),
            Service =
                _words
                    .Where(w =>
                        w.Key is AttributeReference { Name: "service.name" } or IntrinsicReference { Intrinsic: Intrinsic.RootServiceName }
                    )
                    .SelectMany(w => w.Value)
                    .Where(v => v.Kind == LiteralKind.Text)
                    .SelectMany(Near)
                    .ToList()
                    is { Count: > 0 } services
                    ? Pick(services, focus, "other-service")
                : _random.NextDouble() < focus ? "service-0"
                : $"service-{_random.Next(4)}",
            Name = Pick([.. Texts(Intrinsic.Name), .. Texts(Intrinsic.RootName)], focus, $"operation-{_random.Next(3)}"),
            Kind = _random.Next(0, 6),
            Status = _random.NextDouble() < focus ? 2 : _random.Next(0, 3),
            StatusMessage = Pick(Texts(Intrinsic.StatusMessage), focus, "fine"),
            ScopeName = Pick(Texts(Intrinsic.InstrumentationName), focus, $"library-{_random.Next(2)}"),
            ScopeVersion = Pick(Texts(Intrinsic.InstrumentationVersion), focus, "9.9.9"),
            Events =
            [
                .. Enumerable
                    .Range(0, _random.Next(0, 3))
                    .Select(_ => new OracleEvent(
                        Offset(),
                        Pick(Texts(Intrinsic.EventName), focus, "log"),
                        Attributes(AttributeScope.Event, focus)
                    )),
            ],
            Links =
            [
                .. Enumerable
                    .Range(0, _random.Next(0, 2))
                    .Select(_ => new OracleLink(
                        Pick(Texts(Intrinsic.LinkTraceId), focus, new string('a', 32)),
                        Pick(Texts(Intrinsic.LinkSpanId), focus, new string('b', 16)),
                        Attributes(AttributeScope.Link, focus)
                    )),
            ],
            Attributes = Attributes(AttributeScope.Span, focus),
            Resource = Attributes(AttributeScope.Resource, focus),
            Scope = Attributes(AttributeScope.Instrumentation, focus),
        };
        foreach (var (key, value) in Attributes(AttributeScope.Any, focus))
            (IsOfResource(key) ? span.Resource : span.Attributes).TryAdd(key, value);
        return span;
    }

    // Where the given query leaves the scope open, the attribute lies where the other one looks for it.
    private bool IsOfResource(string key) =>
        made.Words.Keys.Any(m => m is AttributeReference { Scope: AttributeScope.Resource } named && named.Name == key);

    private Dictionary<string, object> Attributes(AttributeScope scope, double focus)
    {
        var attributes = new Dictionary<string, object>();
        foreach (var (field, values) in _words)
        {
            if (field is not AttributeReference attribute || attribute.Scope != scope || attribute.Name == "service.name")
                continue;
            if (_random.NextDouble() < 0.3 * (1 - focus))
                continue;
            var near = values.SelectMany(Near).ToList();
            if (attribute.Name is "http.status_code" or "http.response.status_code")
                near.RemoveAll(v => v is decimal and (< 100 or > 599));
            attributes[attribute.Name] =
                near.Count == 0
                    ? values.Any(v => v.Kind == LiteralKind.Text)
                        ? "some text"
                        : Plain()
                    : near[_random.Next(near.Count)];
            if (_random.NextDouble() > 0.3 + (0.7 * focus))
                attributes[attribute.Name] = near.Count > 0 && near[0] is decimal ? (decimal)_random.Next(100, 600) : "something else";
        }

        return attributes;
    }

    // An attribute that is only grouped by or measured.
    private object Plain() => _random.Next(2) == 0 ? (decimal)_random.Next(1, 9) * 100 : $"value-{_random.Next(4)}";

    private long Duration()
    {
        var known = _words
            .Where(w => w.Key is IntrinsicReference { Intrinsic: Intrinsic.Duration or Intrinsic.TraceDuration })
            .SelectMany(w => w.Value)
            .Where(v => v.IsNumber)
            .Select(v => (long)v.Number)
            .ToList();
        if (known.Count == 0)
            return _random.NextInt64(1_000_000, 900_000_000);
        var at = known[_random.Next(known.Count)];
        return Math.Max(
            1,
            at
                + (
                    _random.Next(4) switch
                    {
                        0 => 0,
                        1 => -1 - (at / 3),
                        2 => 1 + (at / 2),
                        _ => at * _random.Next(0, 4),
                    }
                )
        );
    }

    private long Offset()
    {
        var known = _words
            .Where(w => w.Key is IntrinsicReference { Intrinsic: Intrinsic.EventTimeSinceStart })
            .SelectMany(w => w.Value)
            .Where(v => v.IsNumber)
            .Select(v => (long)v.Number)
            .ToList();
        return known.Count == 0 ? _random.Next(0, 5_000_000) : known[_random.Next(known.Count)] + _random.Next(-1_000_000, 1_000_000);
    }

    private List<string> Texts(Intrinsic intrinsic) =>
        [
            .. _words
                .Where(w => w.Key is IntrinsicReference r && r.Intrinsic == intrinsic)
                .SelectMany(w => w.Value)
                .Where(v => v.Kind == LiteralKind.Text)
                .SelectMany(Near)
                .OfType<string>(),
        ];

    private string Pick<T>(List<T> values, double focus, string otherwise) =>
        values.Count == 0 || _random.NextDouble() > 0.3 + (0.7 * focus) ? otherwise : values[_random.Next(values.Count)]!.ToString()!;

    /// <summary>The value itself and its neighbours; of a pattern, texts that it may match.</summary>
    private static IEnumerable<object> Near(Literal value) =>
        value.Kind switch
        {
            LiteralKind.Integer or LiteralKind.Duration =>
            [
                (decimal)value.Integer,
                (decimal)value.Integer + 1,
                (decimal)value.Integer - 1,
                (decimal)value.Integer * 2,
            ],
            LiteralKind.Float => [(decimal)value.Float, (decimal)value.Float + 1],
            LiteralKind.Boolean => [value.Integer != 0],
            LiteralKind.Text => value
                .Text.Split('|')
                .SelectMany(part =>
                    new[] { part, part.Replace(".*", "x", StringComparison.Ordinal), part.Replace(".*", "", StringComparison.Ordinal) }
                )
                .Select(t => t.Replace("\\", "", StringComparison.Ordinal))
                .Where(t => t.Length > 0)
                .Distinct(),
            _ => [],
        };
}

namespace Copilot.TraceQL.Syntax;

/// <summary>A value written in the query.</summary>
public sealed record Literal : FieldExpression
{
    /// <summary>Status keywords in the order of OpenTelemetry's status codes.</summary>
    public static readonly IReadOnlyList<string> StatusNames = ["unset", "ok", "error"];

    /// <summary>Kind keywords in the order of OpenTelemetry's span kinds.</summary>
    public static readonly IReadOnlyList<string> KindNames = ["unspecified", "internal", "server", "client", "producer", "consumer"];

    private Literal(LiteralKind kind) => Kind = kind;

    public LiteralKind Kind { get; }

    /// <summary>An integer's value, a duration's nanoseconds, a Boolean's 0 or 1, a status's or kind's OpenTelemetry code.</summary>
    public long Integer { get; private init; }

    public double Float { get; private init; }

    public string Text { get; private init; } = "";

    public bool IsNumber => Kind is LiteralKind.Integer or LiteralKind.Float or LiteralKind.Duration;

    /// <summary>The number as such, with durations in nanoseconds.</summary>
    public double Number => Kind == LiteralKind.Float ? Float : Integer;

    public static Literal Nil() => new(LiteralKind.Nil);

    public static Literal Of(string text) => new(LiteralKind.Text) { Text = text };

    public static Literal Of(long value) => new(LiteralKind.Integer) { Integer = value };

    public static Literal Of(double value) => new(LiteralKind.Float) { Float = value };

    public static Literal Of(bool value) => new(LiteralKind.Boolean) { Integer = value ? 1 : 0 };

    public static Literal Of(TimeSpan value) => Nanoseconds(value.Ticks * 100);

    public static Literal Nanoseconds(long nanoseconds) => new(LiteralKind.Duration) { Integer = nanoseconds };

    /// <summary>A status by its OpenTelemetry code: 0 unset, 1 ok, 2 error.</summary>
    public static Literal Status(int code) => new(LiteralKind.Status) { Integer = code };

    /// <summary>A span kind by its OpenTelemetry code: 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer.</summary>
    public static Literal SpanKind(int code) => new(LiteralKind.SpanKind) { Integer = code };

    internal Literal Negated() => Kind == LiteralKind.Float ? this with { Float = -Float } : this with { Integer = unchecked(-Integer) };
}

/// <summary>What a literal is.</summary>
public enum LiteralKind
{
    Nil,
    Integer,
    Float,
    Duration,
    Text,
    Boolean,
    Status,
    SpanKind,
}

/// <summary>What kind of value an expression has, as far as the query alone tells.</summary>
public enum TraceQlType
{
    /// <summary>An attribute may hold anything.</summary>
    Unknown,
    Nil,
    Integer,
    Float,
    Duration,
    Text,
    Boolean,
    Status,
    SpanKind,
}

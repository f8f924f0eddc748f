using Copilot.TraceQL.Syntax;
using Npgsql;
using NpgsqlTypes;

namespace Copilot.Store.Commands;

/// <summary>
/// Takes every value that a compiled query needs as a parameter of the command it becomes part of.
/// Use <see cref="Positional"/> in statements with <c>$1</c>, <see cref="Named"/> in statements with <c>@name</c>: a statement cannot mix
/// them.
/// </summary>
public sealed class SqlParameters
{
    private readonly NpgsqlParameterCollection _target;
    private readonly string? _prefix;
    private readonly Dictionary<(object, NpgsqlDbType), string> _known = [];

    private SqlParameters(NpgsqlParameterCollection target, string? prefix)
    {
        _target = target;
        _prefix = prefix;
    }

    public static SqlParameters Positional(NpgsqlParameterCollection target) => new(target, null);

    /// <param name="target">The command's parameters.</param>
    /// <param name="prefix">Begins the names; no other parameter of the command may begin with it.</param>
    public static SqlParameters Named(NpgsqlParameterCollection target, string prefix) => new(target, prefix);

    public string Text(string value) => Add(StoredText.Clean(value), NpgsqlDbType.Text);

    public string Bigint(long value) => Add(value, NpgsqlDbType.Bigint) + "::bigint";

    public string Numeric(decimal value) => Add(value, NpgsqlDbType.Numeric) + "::numeric";

    public string Double(double value) => Add(value, NpgsqlDbType.Double) + "::float8";

    public string Uuid(Guid value) => Add(value, NpgsqlDbType.Uuid);

    /// <summary>A JSON document; the caller has serialised it.</summary>
    public string Json(string json) => Add(json, NpgsqlDbType.Jsonb);

    private string Add(object value, NpgsqlDbType type)
    {
        if (_known.TryGetValue((value, type), out var known))
            return known;
        var parameter = new NpgsqlParameter { Value = value, NpgsqlDbType = type };
        string written;
        if (_prefix is null)
        {
            written = $"${_target.Count + 1}";
        }
        else
        {
            parameter.ParameterName = $"{_prefix}{_known.Count + 1}";
            written = "@" + parameter.ParameterName;
        }

        _target.Add(parameter);
        return _known[(value, type)] = written;
    }
}

/// <summary>A query that is valid but that the store cannot answer; the message says what to do instead.</summary>
public sealed class UnsupportedExpressionException : Exception
{
    public UnsupportedExpressionException(string message, SourceSpan at)
        : base(message) => At = at;

    /// <summary>Where in the query's text the trouble stands.</summary>
    public SourceSpan At { get; }
}

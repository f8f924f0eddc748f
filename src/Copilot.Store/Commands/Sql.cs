using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;

namespace Copilot.Store.Commands;

/// <summary>
/// A piece of SQL whose holes are parameters: <c>$"… where start_ns >= {window.FromNs}"</c> never puts a value into the text.
/// A hole that holds another <see cref="Sql"/> is spliced in; nothing else can be.
/// </summary>
[InterpolatedStringHandler]
internal sealed class Sql
{
    private readonly List<object> _parts;

    public Sql(int literalLength, int formattedCount)
    {
        _ = literalLength;
        _parts = new List<object>((2 * formattedCount) + 1);
    }

    private Sql(List<object> parts) => this._parts = parts;

    /// <summary>Makes an interpolated string SQL where the compiler would take it for text.</summary>
    public static Sql Of(Sql sql) => sql;

    /// <summary>Text that the code itself wrote, such as a column's name; never a value from outside.</summary>
    public static Sql Trusted(string text) => new([text]);

    /// <summary>SQL that is compiled together with its parameters when the whole is rendered.</summary>
    public static Sql Deferred(Func<SqlParameters, string> compile) => new([compile]);

    public static Sql Join(string separator, IEnumerable<Sql> pieces)
    {
        var joined = new List<object>();
        foreach (var piece in pieces)
        {
            if (joined.Count > 0)
                joined.Add(separator);
            joined.AddRange(piece._parts);
        }

        return new Sql(joined);
    }

    public void AppendLiteral(string text) => _parts.Add(text);

    public void AppendFormatted(Sql piece) => _parts.AddRange(piece._parts);

    public void AppendFormatted<T>(T value) => _parts.Add(new Parameter(() => new NpgsqlParameter<T> { TypedValue = value }));

    internal string Render(NpgsqlParameterCollection parameters)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            switch (part)
            {
                case Parameter parameter:
                    parameters.Add(parameter.Create());
                    text.Append('$').Append(parameters.Count);
                    break;
                case Func<SqlParameters, string> compile:
                    text.Append(compile(SqlParameters.Positional(parameters)));
                    break;
                default:
                    text.Append((string)part);
                    break;
            }
        }

        return text.ToString();
    }

    private sealed record Parameter(Func<NpgsqlParameter> Create);
}

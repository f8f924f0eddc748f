using System.Globalization;
using System.Text;

namespace Copilot.Store.Traceql;

/// <summary>The named steps of one statement, in the order in which they build on each other.</summary>
internal sealed class Ctes
{
    private readonly List<(string Name, string Sql)> _steps = [];

    public string Add(string prefix, string sql)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}{_steps.Count}");
        AddAs(name, sql);
        return name;
    }

    public void AddAs(string name, string sql) => _steps.Add((name, sql));

    /// <summary>A name for a step that refers to itself.</summary>
    public string NextName(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{_steps.Count}");

    public string With()
    {
        var sql = new StringBuilder("with recursive ");
        for (var i = 0; i < _steps.Count; i++)
            sql.Append(i == 0 ? "" : ",\n").Append(_steps[i].Name).Append(" as ").Append(_steps[i].Sql);
        return sql.Append('\n').ToString();
    }
}

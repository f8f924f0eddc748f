using System.Globalization;
using System.Text;

namespace Copilot.Faults;

/// <summary>The figures of all faults as a Markdown table, in <c>faults.md</c> beside the tests' program.</summary>
public sealed class FaultTable : IDisposable
{
    private readonly List<string> _rows = [];

    public void Add(string fault, int sent, int acknowledged, long stored, decimal rollups, int failures, TimeSpan silence) =>
        _rows.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {fault} | {sent:N0} | {acknowledged:N0} | {stored:N0} | {rollups:N0} | {failures:N0} | {silence.TotalSeconds:0.0} |"
            )
        );

    public void Dispose()
    {
        if (_rows.Count == 0)
            return;
        var text = new StringBuilder()
            .AppendLine("| fault | sent | acknowledged | stored | rollup total | attempts refused or broken | longest silence, s |")
            .AppendLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var row in _rows)
            text.AppendLine(row);
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "faults.md"), text.ToString());
        Console.WriteLine(text);
    }
}

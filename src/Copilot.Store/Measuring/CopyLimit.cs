namespace Copilot.Store.Measuring;

/// <summary>So many rows were copied in so many seconds.</summary>
public sealed record CopyLimit(long Rows, double Seconds)
{
    public double RowsPerSecond => Rows / Math.Max(Seconds, 1e-9);
}

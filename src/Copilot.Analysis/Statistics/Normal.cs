namespace Copilot.Analysis.Statistics;

/// <summary>The normal distribution's tail, to put every test's result on one scale.</summary>
public static class Normal
{
    /// <summary>The z whose upper tail is <paramref name="p"/>; 0 for p of a half and more, at most 38.</summary>
    public static double FromUpperTail(double p)
    {
        if (p >= 0.5 || double.IsNaN(p))
            return 0;
        if (p < 1e-300)
            return 38;
        // Abramowitz and Stegun 26.2.23; its error of 0.00045 is far below what any threshold here can tell.
        var t = Math.Sqrt(-2 * Math.Log(p));
        return t - ((2.515517 + (t * (0.802853 + (t * 0.010328)))) / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308)))))));
    }
}

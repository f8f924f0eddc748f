using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Timeline;

/// <summary>A stretch of time in which services were clearly worse than usual.</summary>
/// <param name="Window">From its onset to its end; to the end of what was looked at while it lasts.</param>
/// <param name="Lasts">Nothing in what was looked at shows that it is over.</param>
/// <param name="Services">Who was worse in it, worst first.</param>
/// <param name="Badness">How far it is from chance, in standard deviations added up over minutes and services.</param>
public sealed record Episode(TimeWindow Window, bool Lasts, IReadOnlyList<string> Services, double Badness);

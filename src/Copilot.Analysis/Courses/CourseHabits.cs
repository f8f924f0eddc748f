namespace Copilot.Analysis.Courses;

/// <summary>
/// How regular a system's requests are in good times, over all its operations: where every second request takes a way of its own, one
/// more says nothing; where none ever did, three do.
/// </summary>
/// <param name="Unseen">Share of requests whose course is the only one of its kind.</param>
/// <param name="Lacking">Share of requests without a step that nearly all others of their operation take.</param>
/// <param name="Complaining">Share of requests with an error message.</param>
internal sealed record CourseHabits(double Unseen, double Lacking, double Complaining)
{
    /// <summary>Nothing is taken to be rarer than this: requests that go astray together have one reason.</summary>
    private const double Rarest = 0.02;

    /// <summary>Nothing is known of other operations.</summary>
    public static CourseHabits Unknown { get; } = new(0.5, 0.5, 0.5);

    public static CourseHabits Of(IReadOnlyCollection<FlowComparison> operations)
    {
        double requests = operations.Sum(o => o.UsualRequests);
        return requests == 0 ? Unknown : new CourseHabits(
            Math.Max(Rarest, operations.Sum(o => o.UsualSingletons) / requests),
            Math.Max(Rarest, operations.Sum(o => o.UsualLacking) / requests),
            Math.Max(Rarest, operations.Sum(o => o.UsualComplaints) / requests));
    }
}

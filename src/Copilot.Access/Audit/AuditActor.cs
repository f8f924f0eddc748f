namespace Copilot.Access.Audit;

/// <summary>Who is behind what a service is asked to do, where the surface that asks knows more than the name it passes on.</summary>
/// <param name="Label">As <see cref="Caller.Label"/>.</param>
/// <param name="Via">The surface: browser or api.</param>
public sealed record AuditActor(string Label, string Via)
{
    private static readonly AsyncLocal<AuditActor?> Flowing = new();

    /// <summary>Null where a surface passes on a name alone, as Slack does.</summary>
    public static AuditActor? Current => Flowing.Value;

    /// <summary>Holds for what is called from here on, and ends with the method that said it, where that is an async one.</summary>
    public static void Be(AuditActor? actor) => Flowing.Value = actor;
}

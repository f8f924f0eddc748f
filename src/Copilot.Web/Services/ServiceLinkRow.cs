namespace Copilot.Web.Services;

/// <summary>Calls between a service and another, as a table tells them.</summary>
public sealed record ServiceLinkRow(string Name, long Calls, long Failed)
{
    public double FailedShare => Calls == 0 ? 0 : (double)Failed / Calls;
}

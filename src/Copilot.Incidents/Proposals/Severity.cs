using Copilot.Incidents.Troubles;

namespace Copilot.Incidents.Proposals;

/// <summary>How bad it is, by what users meet: the services that face them, and how many requests go wrong there.</summary>
internal static class Severity
{
    private const double ManyFail = 0.10;
    private const double ManyTimesSlower = 5;
    private const int ManyServices = 3;

    public static string Of(Trouble trouble)
    {
        if (trouble.Affected.Count == 0)
            return trouble.Causes.Count == 0 ? "sev4" : "sev3";
        var facing = trouble.Affected.Where(service => service.FacesUsers).ToArray();
        if (facing.Any(IsSevere))
            return "sev1";
        return facing.Length > 0 || trouble.Affected.Count >= ManyServices ? "sev2" : "sev3";
    }

    private static bool IsSevere(TroubleService service) =>
        (service.Failing && service.ErrorRate >= ManyFail) || (service.Slow && service.P95MsBefore > 0 && service.P95Ms >= ManyTimesSlower * service.P95MsBefore);
}

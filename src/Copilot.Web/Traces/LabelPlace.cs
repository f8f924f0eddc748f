namespace Copilot.Web.Traces;

/// <summary>Where a bar's duration is written.</summary>
public enum LabelPlace
{
    After,
    Before,
    Inside,
}

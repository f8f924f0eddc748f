namespace Copilot.Web.Tempo;

/// <summary>A request that cannot be answered, with what the sender should do.</summary>
internal sealed class TempoRequestException(string message, int status = StatusCodes.Status400BadRequest) : Exception(message)
{
    public int Status { get; } = status;
}

using Microsoft.AspNetCore.Builder;

namespace Copilot.Ingest.Senders;

/// <summary>How a sender reaches an endpoint of the intake.</summary>
public enum IntakeTransport
{
    Http,
    Grpc,
}

/// <summary>Says of an endpoint that senders reach it on the intake's ports. An endpoint that does not say so is not there.</summary>
/// <param name="OwnRefusals">Its protocol has words of its own for a body of a wrong type; else the app refuses those before it.</param>
public sealed record IntakeMetadata(IntakeTransport Transport, bool OwnRefusals);

public static class IntakeConventions
{
    /// <summary>Senders reach it on the port of OTLP/HTTP as well.</summary>
    public static TBuilder OnIntake<TBuilder>(this TBuilder endpoint, bool ownRefusals = false)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new IntakeMetadata(IntakeTransport.Http, ownRefusals));

    /// <summary>Senders reach it on the port of OTLP/gRPC, and nobody elsewhere.</summary>
    public static TBuilder OnGrpcIntake<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new IntakeMetadata(IntakeTransport.Grpc, OwnRefusals: true));
}

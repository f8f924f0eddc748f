namespace Copilot.Benchmarks.Load;

/// <summary>How the bench's requests travel.</summary>
internal enum LoadShape
{
    Http,
    HttpGzip,
    Grpc,
    GrpcGzip,
}

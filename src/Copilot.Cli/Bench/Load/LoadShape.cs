namespace Copilot.Cli.Bench.Load;

/// <summary>How the bench's requests travel.</summary>
internal enum LoadShape
{
    Http,
    HttpGzip,
    Grpc,
    GrpcGzip,
}

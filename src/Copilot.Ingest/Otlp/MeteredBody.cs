using System.IO.Pipelines;
using Copilot.Ingest.Admission;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Copilot.Ingest.Otlp;

/// <summary>A request's body whose bytes count against the memory for bodies while they arrive: gRPC's library waits for a message to be
/// whole.</summary>
internal sealed class MeteredBody(PipeReader body, BodyMemory memory) : PipeReader, IRequestBodyPipeFeature, IDisposable
{
    public BodyShare Share { get; } = new(memory);

    public PipeReader Reader => this;

    /// <summary>Has a handler read metered bodies.</summary>
    public static RequestDelegate Around(RequestDelegate handler, BodyMemory memory) =>
        async http =>
        {
            using var metered = new MeteredBody(http.Request.BodyReader, memory);
            http.Features.Set<IRequestBodyPipeFeature>(metered);
            await handler(http);
        };

    /// <summary>The body of a request whose handler is <see cref="Around">wrapped</see>.</summary>
    public static MeteredBody Of(HttpContext http) => (MeteredBody)http.Features.GetRequiredFeature<IRequestBodyPipeFeature>();

    /// <exception cref="BodyMemoryExhaustedException">Too many bodies are in memory already.</exception>
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await body.ReadAsync(cancellationToken);
        Share.Hold(result.Buffer.Length);
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!body.TryRead(out result))
            return false;
        Share.Hold(result.Buffer.Length);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => body.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => body.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => body.CancelPendingRead();

    public override void Complete(Exception? exception = null) => body.Complete(exception);

    public void Dispose() => Share.Dispose();
}

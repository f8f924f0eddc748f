using System.IO.Pipelines;
using Copilot.Ingest.Admission;
using Copilot.Ingest.Otlp;
using Xunit;

namespace Copilot.Ingest.Tests.Admission;

/// <summary>What arrives for a gRPC call counts while it arrives, before the message is whole.</summary>
public sealed class MeteredBodyTests
{
    private readonly BodyMemory _memory = new(new IngestOptions { BodiesInFlight = 1000 });
    private readonly Pipe _pipe = new();

    [Fact]
    public async Task What_has_arrived_is_held_until_the_call_ends()
    {
        using (var body = new MeteredBody(_pipe.Reader, _memory))
        {
            await _pipe.Writer.WriteAsync(new byte[300]);
            var part = (await body.ReadAsync()).Buffer;
            Assert.Equal(300, _memory.Used);
            body.AdvanceTo(part.Start, part.End);
            await _pipe.Writer.WriteAsync(new byte[200]);
            body.AdvanceTo((await body.ReadAsync()).Buffer.End);
            Assert.Equal(500, _memory.Used);
        }

        Assert.Equal(0, _memory.Used);
    }

    [Fact]
    public async Task A_body_that_finds_no_room_beside_others_is_refused()
    {
        using var other = new BodyShare(_memory);
        other.Hold(800);
        using var body = new MeteredBody(_pipe.Reader, _memory);
        await _pipe.Writer.WriteAsync(new byte[300]);
        await Assert.ThrowsAsync<BodyMemoryExhaustedException>(async () => await body.ReadAsync());
        Assert.Equal(800, _memory.Used);
    }

    [Fact]
    public async Task A_lone_body_is_never_refused()
    {
        using var body = new MeteredBody(_pipe.Reader, _memory);
        await _pipe.Writer.WriteAsync(new byte[1200]);
        Assert.Equal(1200, (await body.ReadAsync()).Buffer.Length);
    }
}

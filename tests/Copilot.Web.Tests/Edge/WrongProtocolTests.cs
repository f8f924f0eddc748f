using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Copilot.Web.Tests.Edge;

/// <summary>What speaks another protocol than its port: told to whoever sent it where that can be, and on the page Status.</summary>
public sealed class WrongProtocolTests(WholeApp app) : IClassFixture<WholeApp>
{
    [Fact]
    public async Task Http_on_the_port_of_grpc_is_answered_with_what_to_do()
    {
        var answer = await SendAsync(app.Port + 1000, "POST /v1/traces HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("OTEL_EXPORTER_OTLP_PROTOCOL=grpc", answer, StringComparison.Ordinal);
        await KnownAsync("OTLP/HTTP came to the port of OTLP/gRPC");
    }

    [Fact]
    public async Task Grpc_on_the_port_of_http_is_known()
    {
        await SendAsync(app.Port, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await KnownAsync("OTLP/gRPC came to a port of OTLP/HTTP");
    }

    [Fact]
    public async Task A_path_that_comes_twice_is_told()
    {
        using var reply = await app.Http.PostAsync(new Uri("v1/traces/v1/traces", UriKind.Relative), new StringContent("{}"));
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Contains("takes the address without /v1/traces", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await KnownAsync("The path of a signal came twice");
    }

    [Fact]
    public async Task Tls_is_known()
    {
        await SendAsync(app.Port, [0x16, 3, 1, 0, 1, 1]);
        await KnownAsync("TLS came to a port that speaks none");
    }

    [Theory]
    [InlineData("")]
    [InlineData("metrics")]
    [InlineData("healthz")]
    [InlineData("api/v1/status")]
    public async Task What_can_be_read_can_be_asked_for_without_its_body(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var reply = await app.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Empty(await reply.Content.ReadAsByteArrayAsync());
    }

    private async Task KnownAsync(string what)
    {
        var status = JsonNode.Parse(await app.Http.GetStringAsync(new Uri("api/v1/status", UriKind.Relative)))!;
        Assert.Contains(status["mistakes"]!.AsArray(), mistake => ((string)mistake!["what"]!).Contains(what, StringComparison.Ordinal));
    }

    private static async Task<string> SendAsync(int port, byte[] bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        var stream = client.GetStream();
        await stream.WriteAsync(bytes);
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        try
        {
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            // Broken off, as a server does with what it cannot read.
            return "";
        }
    }
}

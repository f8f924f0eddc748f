using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace Copilot.Cli.Tests.Importing;

/// <summary>Answers as the copilot's endpoints do, as far as a test says, and remembers what it was sent.</summary>
internal sealed class ScriptedCopilot : HttpMessageHandler
{
    private readonly Lock _door = new();
    private readonly List<(string Path, string Body)> _requests = [];

    /// <summary>The answer to a request; null: the endpoint's usual one.</summary>
    public Func<string, string, (HttpStatusCode Status, string Body)?> Script { get; set; } = (_, _) => null;

    /// <summary>How many items of each request it says were there before.</summary>
    public int Known { get; set; }

    public IReadOnlyList<(string Path, string Body)> Requests
    {
        get
        {
            lock (_door)
                return [.. _requests];
        }
    }

    public HttpClient Client() => new(this, disposeHandler: false) { BaseAddress = new Uri("http://copilot.test") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.True(request.Headers.Contains("X-Copilot-Imported"));
        var path = request.RequestUri!.AbsolutePath;
        var body = await request.Content!.ReadAsStringAsync(cancellationToken);
        (HttpStatusCode Status, string Body) answer;
        lock (_door)
        {
            _requests.Add((path, body));
            answer =
                Script(path, body)
                ?? (
                    HttpStatusCode.OK,
                    path switch
                    {
                        "/api/v1/changes" => """{"accepted":1,"added":1,"refused":[]}""",
                        "/api/v1/catalog" => """{"files":[{"path":"catalog/a.yaml","accepted":true}]}""",
                        _ => "{}",
                    }
                );
        }

        var response = new HttpResponseMessage(answer.Status)
        {
            Content = new StringContent(answer.Body, Encoding.UTF8, "application/json"),
        };
        response.Headers.Add("X-Copilot-Known", Known.ToString(CultureInfo.InvariantCulture));
        if (answer.Status == HttpStatusCode.ServiceUnavailable)
            response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.Zero);
        return response;
    }
}

using System.Net;
using System.Text.Json.Nodes;

namespace Copilot.Models.Tests.Doubles;

/// <summary>How one provider speaks over HTTP: what it asks of requests, and how it streams an answer.</summary>
public abstract class ModelProtocol
{
    /// <summary>The section Model of the configuration for a server at a host.</summary>
    public abstract Dictionary<string, string?> Settings(string host);

    /// <summary>What is wrong with a request, by the provider's documentation.</summary>
    public abstract IEnumerable<string> Check(HttpListenerRequest http, JsonObject body);

    public abstract ChatTurn Read(JsonObject body);

    /// <summary>The server-sent events of a round, each as it goes over the wire.</summary>
    public abstract IEnumerable<string> Events(ChatRound round);

    /// <summary>The body of an answer that is none.</summary>
    public abstract JsonObject Error(int status);

    protected static Dictionary<string, string?> Settings(string provider, string? url, string key) =>
        new()
        {
            ["Model:Provider"] = provider,
            ["Model:BaseUrl"] = url,
            ["Model:ApiKey"] = key,
            ["Model:Name"] = "double",
        };
}

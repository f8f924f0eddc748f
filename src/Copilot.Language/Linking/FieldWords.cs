namespace Copilot.Language.Linking;

/// <summary>What people call the attributes of the semantic conventions, likeliest key first.</summary>
internal static class FieldWords
{
    private const string Text = """
        region regions availabilityregion: cloud.region, aws.region, region
        zone zones az azs availabilityzone availabilityzones: cloud.availability_zone
        pod pods podname: k8s.pod.name, service.instance.id, host.name
        instance instances replica replicas instanz instanzen: service.instance.id, k8s.pod.name, host.name
        node nodes knoten: k8s.node.name, host.name
        host hosts machine machines hostname server servers vm vms: host.name, k8s.node.name, server.address
        container containers: k8s.container.name, container.name, container.id
        namespace namespaces: k8s.namespace.name, service.namespace
        cluster clusters: k8s.cluster.name
        deployment: k8s.deployment.name
        version versions release releases build builds serviceversion: service.version
        environment environments env envs stage umgebung: deployment.environment.name, deployment.environment
        statuscode statuscodes httpstatus httpstatuscode responsecode responsecodes httpcode httpcodes returncode status http: http.response.status_code, http.status_code
        method methods verb verbs httpmethod httpverb: http.request.method, http.method
        route routes endpoint endpoints httproute: http.route
        path paths urlpath: url.path, http.target
        target targets: http.target, url.path
        url urls: url.full, http.url, url.path, http.target
        useragent useragents browser browsers: user_agent.original, user_agent.name, http.user_agent
        client clients clientip: client.address
        device devices: device.model.name, device.id
        database databases db dbsystem engine: db.system.name, db.system
        table tables collection: db.collection.name, db.sql.table
        query queries statement statements sql: db.query.text, db.statement
        queue queues topic topics destination: messaging.destination.name
        errortype errortypes exceptiontype exceptiontypes exception exceptions: exception.type, error.type
        exceptionmessage errormessage: exception.message
        flagkey featureflag featureflags flag: feature_flag.key
        variant variants flagvariant flagvalue: feature_flag.result.variant, feature_flag.variant
        language languages sdk: telemetry.sdk.language
        peer peers: peer.service, server.address
        """;

    private static readonly Dictionary<string, string[]> Fields = Parse();

    /// <summary>The keys that a word may mean; empty where it is no such word.</summary>
    public static IReadOnlyList<string> KeysOf(string joined) => Fields.TryGetValue(joined, out var keys) ? keys : [];

    public static IEnumerable<string> Words => Fields.Keys;

    private static Dictionary<string, string[]> Parse()
    {
        var fields = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var line in Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var halves = line.Split(": ");
            foreach (var word in halves[0].Split(' '))
                fields.TryAdd(word, halves[1].Split(", "));
        }

        return fields;
    }
}

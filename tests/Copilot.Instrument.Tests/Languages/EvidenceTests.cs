using Copilot.Instrument.Routes;

namespace Copilot.Instrument.Tests.Languages;

/// <summary>What each sort of sign tells, and what none may tell.</summary>
public sealed class EvidenceTests
{
    [Theory]
    [InlineData("image: eclipse-temurin:21-jre", "java")]
    [InlineData("image: registry.acme.io/mirror/library/tomcat:10", "java")]
    [InlineData("image: gcr.io/distroless/java17-debian12", "java")]
    [InlineData("image: node:20-alpine", "nodejs")]
    [InlineData("image: gcr.io/distroless/nodejs20-debian12", "nodejs")]
    [InlineData("image: python:3.12-slim", "python")]
    [InlineData("image: mcr.microsoft.com/dotnet/aspnet:8.0", "dotnet")]
    [InlineData("image: golang:1.23", "go")]
    [InlineData("image: php:8.3-apache", "php")]
    [InlineData("image: nginx:1.27", "nginx")]
    [InlineData("image: acme/orders:1.4.2-jdk21", "java")]
    [InlineData("image: acme/orders:2.0-python3.12", "python")]
    [InlineData("image: acme/orders-springboot:2", "java")]
    [InlineData("image: acme/orders\ncommand: [java, -jar, /app.jar]", "java")]
    [InlineData("image: acme/orders\ncommand: [sh, -c, \"exec java -Xmx200m -jar app.jar\"]", "java")]
    [InlineData("image: acme/orders\ncommand: [\"/bin/sh\", \"-ec\", \"./migrate.sh && node server.js\"]", "nodejs")]
    [InlineData("image: acme/orders\ncommand: [/usr/bin/tini, --, npm, start]", "nodejs")]
    [InlineData("image: acme/orders\ncommand: [./wait-for-it.sh, \"db:5432\", --, gunicorn, \"app:app\"]", "python")]
    [InlineData("image: acme/orders\nargs: [-jar, app.jar]", "java")]
    [InlineData("image: acme/orders\nargs: [dotnet, Orders.dll]", "dotnet")]
    [InlineData("image: acme/orders\ncommand: [bundle, exec, puma]", "ruby")]
    [InlineData("image: acme/orders\ncommand: [/app/orders]\nargs: [\"-port=80\", \"-db=pg\"]", "go")]
    [InlineData("image: acme/orders\nenv: [{name: JAVA_OPTS, value: -Xmx1g}]", "java")]
    [InlineData("image: acme/orders\nenv: [{name: NODE_ENV, value: production}]", "nodejs")]
    [InlineData("image: acme/orders\nenv: [{name: ASPNETCORE_URLS, value: 'http://+:80'}]", "dotnet")]
    [InlineData("image: acme/orders\nenv: [{name: ConnectionStrings__Default, value: x}]", "dotnet")]
    [InlineData("image: acme/orders\nenv: [{name: PYTHONUNBUFFERED, value: '1'}]", "python")]
    [InlineData("image: acme/orders\nenv: [{name: GOMAXPROCS, value: '2'}]", "go")]
    [InlineData("image: acme/orders\nenv: [{name: RAILS_ENV, value: x}, {name: NODE_ENV, value: x}]", "ruby")]
    [InlineData("image: acme/orders\nenv: [{name: RUST_LOG, value: info}]", "rust")]
    [InlineData("image: acme/orders\nenv: [{name: DB, value: 'jdbc:postgresql://db/orders'}]", "java")]
    [InlineData("image: acme/orders\nlivenessProbe: {httpGet: {path: /actuator/health, port: 8080}}", "java")]
    [InlineData("image: acme/orders\nlivenessProbe: {exec: {command: [ruby, -e, '1']}}", "ruby")]
    [InlineData("image: acme/orders\nvolumeMounts: [{name: c, mountPath: /app/appsettings.json, subPath: appsettings.json}]", "dotnet")]
    [InlineData("image: alpine\ncommand: [node, server.js]", "nodejs")]
    public void A_sign_tells_the_language(string container, string language)
    {
        var finding = Fleet.One("a.yaml", Fleet.Deployment(container));
        Assert.Equal((language, true), (finding.Language.Word(), finding.Main.Verdict.Evidence.Count > 0));
    }

    [Theory]
    [InlineData("image: acme/orders:1.0")]
    [InlineData("image: acme/to-go:1.0")]
    [InlineData("image: acme/kafka-consumer:1.0\nports: [{containerPort: 8080}]")]
    [InlineData("image: acme/redis-worker:1.0")]
    [InlineData("image: denoland/deno:1\nargs: [run, main.ts]")]
    [InlineData("image: acme/inference:24.01-py3")]
    [InlineData("image: acme/report-exporter:1.0")]
    [InlineData("image: istio/examples-orders:1.0")]
    [InlineData("image: grafana/demo-shop:1.0")]
    [InlineData("image: acme/orders\nenv: [{name: NODE_NAME, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]")]
    [InlineData("image: acme/orders\nenv: [{name: TOMCAT_URL, value: 'http://tomcat'}]")]
    [InlineData("image: acme/orders\nenv: [{name: POSTGRES_PASSWORD, value: x}]")]
    [InlineData("image: acme/migrate\nenv: [{name: MYSQL_ROOT_PASSWORD, value: x}]")]
    [InlineData("image: acme/orders\nenv: [{name: JAVA_OPTS, value: x}, {name: PYTHONPATH, value: /a}]")]
    [InlineData("image: acme/orders\ncommand: [/app/orders, --port, '80']")]
    [InlineData("image: acme/orders\nenv: [{name: RACK_ID, value: r1}, {name: YARN_QUEUE, value: q}, {name: CARGO_LIMIT, value: '3'}]")]
    public void What_is_no_sign_leaves_it_unknown(string container)
    {
        var finding = Fleet.One("a.yaml", Fleet.Deployment(container));
        Assert.Equal("unknown", finding.Language.Word());
        Assert.Equal(RouteKind.None, finding.Route.Kind);
    }

    [Theory]
    [InlineData("image: redis:7-alpine", "cache")]
    [InlineData("image: bitnami/postgresql:16", "database")]
    [InlineData("image: docker.io/confluentinc/cp-kafka:7.6.0\nenv: [{name: KAFKA_HEAP_OPTS, value: -Xmx1g}]", "broker")]
    [InlineData("image: docker.elastic.co/elasticsearch/elasticsearch:8.1\nenv: [{name: ES_JAVA_OPTS, value: -Xmx1g}]", "database")]
    [InlineData("image: quay.io/prometheus/prometheus:v3", "telemetry")]
    [InlineData("image: acme/our-db:3\nports: [{containerPort: 3306}]\nenv: [{name: MYSQL_ROOT_PASSWORD, value: x}]", "database")]
    [InlineData("image: acme/user-db\nports: [{name: mongo, containerPort: 27017}]", "database")]
    [InlineData("image: busybox\ncommand: [sh, -c, 'sleep 3600']", "tool")]
    public void Software_off_the_shelf_says_what_it_is_and_is_left_alone(string container, string sort)
    {
        var finding = Fleet.One("a.yaml", Fleet.Deployment(container));
        Assert.Equal((RuntimeLanguage.Infrastructure, sort), (finding.Language, finding.Main.Verdict.Sort));
        Assert.Equal(RouteKind.None, finding.Route.Kind);
    }

    [Fact]
    public void A_sidecar_does_not_decide_for_the_application()
    {
        var finding = Fleet.One(
            "a.yaml",
            Fleet.Deployment("image: envoyproxy/envoy:v1.30").TrimEnd() + "\n        - name: main\n          image: node:20\n"
        );
        Assert.Equal(RuntimeLanguage.NodeJs, finding.Language);
        var annotations = Assert.Single(new[] { finding }).Injected.Select(c => c.Container.Name);
        Assert.Equal(["main"], annotations);
    }

    [Fact]
    public void What_a_person_says_goes_before_every_sign()
    {
        using var folder = new TreeFolder().Add("a.yaml", Fleet.Deployment("image: acme/orders"));
        var scan = Scanning.FleetScan.Run(
            new Scanning.ScanRequest
            {
                Paths = [folder.Root],
                Told = new Dictionary<string, RuntimeLanguage> { ["orders"] = RuntimeLanguage.Java },
            }
        );
        Assert.Equal(RuntimeLanguage.Java, Assert.Single(scan.Findings).Language);
    }
}

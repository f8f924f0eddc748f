using Copilot.Instrument.Applying;

namespace Copilot.Instrument.Tests.Plans;

/// <summary>Compose and Dockerfiles: agents without an operator.</summary>
public sealed class ContainerFileTests
{
    private const string Compose = """
        # the shop
        services:
          web:
            image: node:20
            environment:
              - PORT=80 # kept
            depends_on:
            - db
            - "cache"
          api:
            image: python:3.12-alpine
            environment:
              A: b
            depends_on: [db]
            volumes:
              - ./data:/data
          jobs:
            image: openjdk:21
          db:
            image: postgres:16
          cache:
            image: redis:7

        """;

    [Fact]
    public void A_Compose_service_gets_its_agent_from_a_volume_that_is_filled_before_it_starts()
    {
        using var folder = new TreeFolder().Add("compose.yaml", Compose);
        var before = folder.Bytes();
        Assert.Equal(["compose.yaml"], Fleet.Apply(folder).Done);
        var after = folder.Text("compose.yaml");
        Assert.Contains("      - \"NODE_OPTIONS=--require /otel-auto-instrumentation-nodejs/autoinstrumentation.js\"\n", after);
        Assert.Contains(
            "    depends_on:\n      otel-agent-nodejs:\n        condition: service_completed_successfully\n      db:\n        condition: service_started\n"
                + "      \"cache\":\n        condition: service_started\n",
            after
        );
        Assert.Contains(
            "depends_on: {otel-agent-python: {condition: service_completed_successfully}, db: {condition: service_started}}\n",
            after
        );
        Assert.Contains("      - \"otel-agent-python:/otel-auto-instrumentation-python:ro\"\n      - ./data:/data\n", after);
        Assert.Contains("\"/autoinstrumentation-musl/.\"", after);
        Assert.Contains("      JAVA_TOOL_OPTIONS: \"-javaagent:/otel-auto-instrumentation-java/javaagent.jar\"\n", after);
        Assert.EndsWith(
            "volumes:\n  otel-agent-nodejs: {driver: local}\n  otel-agent-python: {driver: local}\n  otel-agent-java: {driver: local}\n",
            after
        );
        Assert.Empty(Fleet.Apply(folder).Done);
        FleetApply.Revert(folder.Root, wave: null);
        Assert.Equal(before, folder.Bytes());
    }

    [Fact]
    public void A_service_that_is_built_here_gets_its_agent_in_the_image()
    {
        using var folder = new TreeFolder()
            .Add("compose.yaml", "services:\n  orders:\n    build: ./orders\n")
            .Add("orders/Dockerfile", "FROM node:20-alpine\nENV NODE_OPTIONS=--max-old-space-size=200\nCMD [\"node\", \"x.js\"]");
        var before = folder.Bytes();
        Assert.Equal(["compose.yaml", "orders/Dockerfile"], Fleet.Apply(folder).Done.Order());
        Assert.Contains("OTEL_SERVICE_NAME: \"orders\"", folder.Text("compose.yaml"));
        Assert.StartsWith(
            "FROM node:20-alpine\nENV NODE_OPTIONS=--max-old-space-size=200\nCMD [\"node\", \"x.js\"]\n# OpenTelemetry's agent",
            folder.Text("orders/Dockerfile")
        );
        Assert.Contains(
            "ENV NODE_OPTIONS=\"--require /otel-auto-instrumentation-nodejs/autoinstrumentation.js${NODE_OPTIONS:+ $NODE_OPTIONS}\"\n",
            folder.Text("orders/Dockerfile")
        );
        Assert.Empty(Fleet.Apply(folder).Done);
        FleetApply.Revert(folder.Root, wave: null);
        Assert.Equal(before, folder.Bytes());
    }

    [Fact]
    public void What_a_merge_key_brings_is_read_and_never_hidden_by_a_key_of_its_own()
    {
        const string Text = """
            x-app: &app
              image: node:20
              environment:
                NODE_ENV: production
            services:
              web:
                <<: *app
                ports: ["80"]

            """;
        using var folder = new TreeFolder().Add("compose.yaml", Text);
        Assert.Equal(RuntimeLanguage.NodeJs, Assert.Single(Fleet.Scan(folder).Findings).Language);
        Assert.Contains("merged in", Assert.Single(Fleet.Plan(folder).Skipped).Reason);
        Assert.Empty(Fleet.Apply(folder).Done);
    }

    [Fact]
    public void A_service_that_only_changes_another_files_is_none_of_its_own()
    {
        using var folder = new TreeFolder()
            .Add("compose.yaml", "services:\n  web:\n    image: node:20\n")
            .Add("compose.prod.yaml", "services:\n  web:\n    environment:\n      NODE_ENV: production\n");
        Assert.Equal("compose.yaml", Assert.Single(Fleet.Scan(folder).Findings).Workload.Place.File);
    }
}

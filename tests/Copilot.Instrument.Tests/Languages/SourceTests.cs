using Copilot.Instrument.Routes;

namespace Copilot.Instrument.Tests.Languages;

/// <summary>What lies beside the manifests: Dockerfiles, projects, and the files that say which builds what.</summary>
public sealed class SourceTests
{
    [Theory]
    [InlineData(
        "FROM golang:1.23 AS b\nRUN go build -o /orders\nFROM scratch\nCOPY --from=b /orders /orders\nENTRYPOINT [\"/orders\"]",
        "go"
    )]
    [InlineData("FROM rust:1 as build\nFROM gcr.io/distroless/cc-debian12\nCOPY --from=build /o /o\nCMD [\"/o\"]", "rust")]
    [InlineData("ARG V=21\nFROM eclipse-temurin:${V}-jre\nCOPY a.jar /\nCMD java -jar /a.jar", "java")]
    [InlineData("FROM node:20 AS b\nRUN npm run build\nFROM nginx:alpine\nCOPY --from=b /dist /usr/share/nginx/html", "nginx")]
    [InlineData(
        "FROM mcr.microsoft.com/dotnet/sdk:8.0 AS b\nFROM mcr.microsoft.com/dotnet/aspnet:8.0\nENTRYPOINT [\"dotnet\", \"O.dll\"]",
        "dotnet"
    )]
    [InlineData("FROM python:3.12-alpine as base\nFROM base\nCMD [\"gunicorn\", \"a:a\"]", "python")]
    [InlineData("FROM ubuntu:24.04\nRUN apt-get install nodejs\nCMD [\"node\", \"x.js\"]", "nodejs")]
    public void A_Dockerfile_of_the_same_name_tells_what_runs(string dockerfile, string language)
    {
        using var folder = new TreeFolder()
            .Add("k8s/a.yaml", Fleet.Deployment("image: acme/orders"))
            .Add("src/orders/Dockerfile", dockerfile);
        Assert.Equal(language, Assert.Single(Fleet.Scan(folder).Findings).Language.Word());
    }

    [Theory]
    [InlineData("pom.xml", "<project/>", "java")]
    [InlineData("Orders.csproj", "<Project/>", "dotnet")]
    [InlineData("go.mod", "module orders", "go")]
    [InlineData("requirements.txt", "flask", "python")]
    [InlineData("Gemfile", "gem 'rails'", "ruby")]
    [InlineData("composer.json", "{}", "php")]
    [InlineData("package.json", "{\"scripts\":{\"start\":\"node .\"}}", "nodejs")]
    [InlineData("package.json", "{\"scripts\":{\"start\":\"react-scripts start\"}}", "unknown")]
    [InlineData("package.json", "[1", "unknown")]
    public void A_project_of_the_same_name_tells_what_is_built(string file, string text, string language)
    {
        using var folder = new TreeFolder()
            .Add("k8s/a.yaml", Fleet.Deployment("image: acme/orders:1"))
            .Add($"services/orders/{file}", text);
        Assert.Equal(language, Assert.Single(Fleet.Scan(folder).Findings).Language.Word());
    }

    [Fact]
    public void A_checkout_of_one_service_tells_its_language_by_its_own_project()
    {
        using var folder = new TreeFolder()
            .Add("k8s/a.yaml", Fleet.Deployment("image: acme/orders:1") + "---\n" + Fleet.Deployment("image: postgres:16", name: "db"))
            .Add("go.mod", "module orders");
        Assert.Equal(["go", "infrastructure"], Fleet.Scan(folder).Findings.Select(f => f.Language.Word()));
        folder.Add("k8s/b.yaml", Fleet.Deployment("image: acme/billing:1", name: "billing"));
        Assert.Equal(["unknown", "infrastructure", "unknown"], Fleet.Scan(folder).Findings.Select(f => f.Language.Word()));
    }

    [Fact]
    public void Two_folders_of_one_name_tell_nothing()
    {
        using var folder = new TreeFolder()
            .Add("k8s/a.yaml", Fleet.Deployment("image: acme/orders:1"))
            .Add("a/orders/pom.xml", "<project/>")
            .Add("b/orders/go.mod", "module x");
        Assert.Equal(RuntimeLanguage.Unknown, Assert.Single(Fleet.Scan(folder).Findings).Language);
    }

    [Fact]
    public void Skaffold_says_which_folder_builds_an_image()
    {
        using var folder = new TreeFolder()
            .Add("k8s/a.yaml", Fleet.Deployment("image: gcr.io/acme/backend:1"))
            .Add(
                "skaffold.yaml",
                "apiVersion: skaffold/v4beta1\nkind: Config\nbuild:\n  artifacts:\n    - image: backend\n      context: src/py\n"
            )
            .Add("src/py/Dockerfile", "FROM python:3.12-alpine\nCMD [\"python\", \"a.py\"]");
        var finding = Assert.Single(Fleet.Scan(folder).Findings);
        Assert.Equal((RuntimeLanguage.Python, true), (finding.Language, finding.Main.Verdict.IsMusl));
    }

    [Fact]
    public void A_path_that_leads_out_of_the_tree_is_not_followed()
    {
        using var folder = new TreeFolder()
            .Add("secret/Dockerfile", "FROM python:3.12\nCMD [\"python\", \"a.py\"]")
            .Add("tree/compose.yaml", "services:\n  orders:\n    build:\n      context: ../secret\n");
        var scan = Scanning.FleetScan.Run(new Scanning.ScanRequest { Paths = [Path.Combine(folder.Root, "tree")] });
        Assert.Equal(RuntimeLanguage.Unknown, Assert.Single(scan.Findings).Language);
    }

    [Fact]
    public void NET_that_brings_its_own_runtime_is_not_promised_an_agent()
    {
        using var folder = new TreeFolder()
            .Add("k8s/a.yaml", Fleet.Deployment("image: acme/orders"))
            .Add(
                "orders/Dockerfile",
                "FROM mcr.microsoft.com/dotnet/sdk:8.0 AS b\nFROM mcr.microsoft.com/dotnet/runtime-deps:8.0\nCOPY --from=b /o /o"
            );
        var finding = Assert.Single(Fleet.Scan(folder).Findings);
        Assert.Equal((RuntimeLanguage.DotNet, RouteKind.Ebpf), (finding.Language, finding.Route.Kind));
    }

    [Fact]
    public void A_project_that_pulls_in_an_SDK_is_traced_already()
    {
        using var folder = new TreeFolder()
            .Add("k8s/a.yaml", Fleet.Deployment("image: acme/orders"))
            .Add("orders/package.json", "{\"main\":\"a.js\",\"dependencies\":{\"@opentelemetry/sdk-node\":\"1\"}}");
        Assert.Equal(RouteKind.AlreadyTraced, Assert.Single(Fleet.Scan(folder).Findings).Route.Kind);
    }
}

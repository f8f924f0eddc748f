namespace Copilot.Language.Queries.Terms;

/// <summary>What people call the things that spans carry, and words that say something of a span by themselves; the names are
/// OpenTelemetry's.</summary>
internal static class NounText
{
    /// <summary>"names: TraceQL | TraceQL": several are names of one thing from different times of the conventions, the commonest in
    /// published queries first.</summary>
    public const string Fields = """
        duration | durations | how long | how slow | latency | latencies | response time | response times | execution time | runtime | processing time | time spent | elapsed time | time taken | span duration | span durations | time: span:duration
        trace duration | trace durations | total trace time | trace time | trace length | end-to-end duration | end to end duration | end-to-end latency | end to end latency | overall duration: trace:duration
        name | names | span name | span names | operation | operations | operation name | operation names: span:name
        status | statuses | span status | span statuses: span:status
        status message | status messages | error message of the status | status description: span:statusMessage
        kind | kinds | span kind | span kinds: span:kind
        root name | root span name | root operation | root operation name | root span: trace:rootName
        root service | root service name | root services | entry service: trace:rootService
        direct children | child count | child spans | number of children | number of direct children | number of child spans | immediate children: span:childCount
        parent id | parent span id | parent ids: span:parentID
        span id | span ids: span:id
        trace id | trace ids | traceid: trace:id
        event name | event names: event:name
        linked trace | link trace id | linked trace id: link:traceID
        linked span | link span id | linked span id: link:spanID
        instrumentation name | instrumentation library | instrumentation libraries | instrumentation scope | instrumentation scopes | scope | scopes | instrumentation | tracer | tracers | library | libraries | library name | scope name: instrumentation:name
        instrumentation version | library version | scope version | instrumentation library version | instrumentation scope version: instrumentation:version
        service name | service names: resource.service.name
        service version | service versions | version | versions | release | releases | build | builds: resource.service.version
        service namespace | service namespaces: resource.service.namespace
        service instance | service instances | instance id | instance | instances | replica | replicas: resource.service.instance.id
        environment | environments | env | envs | deployment environment | stage | deployment environments: resource.deployment.environment | resource.deployment.environment.name
        region | regions | cloud region | cloud regions: resource.cloud.region
        zone | zones | availability zone | availability zones | az: resource.cloud.availability_zone
        cloud provider | cloud providers | cloud: resource.cloud.provider
        cloud account | account id: resource.cloud.account.id
        pod | pods | pod name | pod names: resource.k8s.pod.name
        namespace | namespaces | k8s namespace | kubernetes namespace | kubernetes namespaces: resource.k8s.namespace.name | resource.service.namespace
        cluster | clusters | cluster name | kubernetes cluster | k8s cluster: resource.k8s.cluster.name
        node | nodes | node name: resource.k8s.node.name
        deployment | deployments | deployment name | kubernetes deployment | workload: resource.k8s.deployment.name
        container | containers | container name: resource.k8s.container.name | resource.container.name
        host | hosts | host name | hostname | machine | machines | hostnames: resource.host.name
        language | languages | sdk language | programming language: resource.telemetry.sdk.language
        sdk version | sdk versions | telemetry sdk version: resource.telemetry.sdk.version
        sdk | sdk name: resource.telemetry.sdk.name
        pid | process id: resource.process.pid
        process | processes | process name | executable: resource.process.executable.name
        status code | status codes | code of | codes of | http status code | http status codes | response code | response codes | http status | http code | response status code | http response code | http response status | return code | http response status code | http statuses: span.http.status_code | span.http.response.status_code
        method | methods | http method | http methods | verb | verbs | http verb | http verbs | request method | http request method: span.http.method | span.http.request.method
        route | routes | http route | http routes | endpoint | endpoints | path template: span.http.route
        url | urls | http url | full url | request url: span.http.url | span.url.full
        target | targets | http target | http targets | url path | request path | path | paths: span.http.target | span.url.path | span.http.path
        scheme | url scheme: span.http.scheme | span.url.scheme
        user agent | user agents | user-agent | browser | browsers: span.http.user_agent | span.user_agent.original
        response body | response bodies | response payload | response size | response sizes | response body size | response body sizes | response bytes | response length | response content length | response body length | body size | response payload size | bytes returned: span.http.response.body.size | span.http.response_content_length | span.http.response_size
        body | request body | request bodies | payload | request payload | request size | request sizes | request body size | request bytes | request length | request content length | upload size | bytes sent: span.http.request.body.size | span.http.request_content_length
        client address | client ip | client ips | ip | ips | ip address | ip addresses | source ip | remote ip | caller address: span.client.address | span.net.peer.ip
        server address | peer address | remote host | peer host | http host | peer name | to host | to the host | calling host | calls host | call host | calling the host | hitting host | reaching host | towards host | against host | target host | destination host: span.server.address | span.net.peer.name | span.http.host
        port | server port: span.server.port | span.net.peer.port
        peer service | peer services | remote service | called service: span.peer.service
        database system | database systems | db system | db systems | database type | database engine | dbms | kind of database: span.db.system | span.db.system.name
        database name | db name | database names: span.db.name | span.db.namespace
        database operation | db operation | sql operation | database operations | db operations | command | commands: span.db.operation | span.db.operation.name
        table | tables | sql table | collection | collections: span.db.sql.table | span.db.collection.name
        statement | statements | sql statement | sql statements | db statement | db statements | query text | query | database query text | query texts: span.db.statement | span.db.query.text
        db user | database user: span.db.user
        messaging system | message broker | broker | brokers | messaging systems: span.messaging.system
        queue | queues | topic | topics | destination | destinations | message destination: span.messaging.destination.name | span.messaging.destination
        consumer group | consumer groups: span.messaging.consumer.group.name | span.messaging.kafka.consumer.group
        messaging operation | message operation: span.messaging.operation | span.messaging.operation.type
        rpc system: span.rpc.system
        rpc method | rpc methods | grpc method | grpc methods: span.rpc.method
        rpc service | rpc services | grpc service | grpc services: span.rpc.service
        grpc status | grpc status code | grpc code | grpc status codes | rpc status code: span.rpc.grpc.status_code
        exception type | exception types | exception whose type | exceptions whose type | exception of type | exceptions of type | exception class | kind of exception | type of exception: event.exception.type
        exception message | exception messages | exception whose message | exceptions whose message | exception with message | exception with the message | exceptions with the message | exceptions with message | error message | error messages: event.exception.message
        stack trace | stacktrace | exception stacktrace | stack traces: event.exception.stacktrace
        error type | error types: span.error.type
        session | sessions | session id: span.session.id
        user name | username | usernames: span.user.name
        user email | e-mail address: span.user.email
        tool name | tool names | name of the tool: span.gen_ai.tool.name
        agent name | agent names | name of the agent: span.gen_ai.agent.name
        finish reason | finish reasons: span.gen_ai.response.finish_reasons
        llm provider | model provider | ai provider: span.gen_ai.provider.name | span.gen_ai.system
        response model: span.gen_ai.response.model
        resend count | resends | http retries: span.http.request.resend_count
        returned rows | rows returned | row count | rows: span.db.response.returned_rows
        database status code | db status code: span.db.response.status_code
        message id | message ids: span.messaging.message.id
        message size | message sizes | message body size: span.messaging.message.body.size
        partition | partitions | kafka partition: span.messaging.destination.partition.id | span.messaging.kafka.partition
        protocol version | http version | http flavor: span.network.protocol.version | span.http.flavor
        cloud platform | cloud platforms: resource.cloud.platform
        image | images | container image | container images: resource.container.image.name
        container id | container ids: resource.container.id
        statefulset | statefulsets: resource.k8s.statefulset.name
        daemonset | daemonsets: resource.k8s.daemonset.name
        cronjob | cronjobs: resource.k8s.cronjob.name
        host type | machine type | instance type: resource.host.type
        host arch | architecture | cpu architecture: resource.host.arch
        operating system | os type: resource.os.type
        process runtime | runtime name: resource.process.runtime.name
        runtime version: resource.process.runtime.version
        thread id | thread ids: span.thread.id
        source file | file path | code file: span.code.filepath | span.code.file.path
        graphql operation | graphql operation name: span.graphql.operation.name
        feature flag | feature flags | flag key: span.feature_flag.key
        thread | thread name: span.thread.name
        function | function name: span.code.function
        user | user id | user ids: span.user.id | span.enduser.id
        model | models | model name | llm model | llm models: span.gen_ai.request.model
        input tokens | prompt tokens: span.gen_ai.usage.input_tokens
        output tokens | completion tokens: span.gen_ai.usage.output_tokens
        total tokens: span.gen_ai.usage.total_tokens
        """;

    /// <summary>"words: condition": said of spans without naming an attribute. A star marks words that say it only beside a noun such as
    /// "spans". Client and server errors are the classes that HTTP calls so.</summary>
    public const string Conditions = """
        error | errors | errs | errored | erroring | failed | failing | fail | fails | failure | failures | faulty | erroneous | unsuccessful | broken | in error | error status | went wrong | crashed | broke | breaking | blew up | died | error out | errored out | error spans | unsuccessfully: status = error
        ok | okay | successful | succeeded | success | successes | succeed | succeeds | successfully | ok status | healthy | fine: status = ok
        unset | unset status | status unset | without a status: status = unset
        client error | client errors: (span.http.status_code >= 400 && span.http.status_code < 500) || (span.http.response.status_code >= 400 && span.http.response.status_code < 500)
        server error | server errors: (span.http.status_code >= 500 && span.http.status_code < 600) || (span.http.response.status_code >= 500 && span.http.response.status_code < 600)
        client and server errors | client or server errors | client and server error: (span.http.status_code >= 400 && span.http.status_code < 600) || (span.http.response.status_code >= 400 && span.http.response.status_code < 600)
        server * | server-side * | server side * | server-kind * | serverside * | inbound | incoming: kind = server
        client * | client-side * | client side * | client-kind * | outbound | outgoing: kind = client
        producer * | publisher * | producers | publishers | published to | publishing to | publish to | publishes to | publishes | published | publish: kind = producer
        consumer * | subscriber * | consumers | subscribers | consumed from | consuming from | consumes from | consume from | consumed | consuming: kind = consumer
        internal *: kind = internal
        root | root spans | root span only | entry spans | top-level | top level: nestedSetParent < 0
        leaf | leaves | childless | leaf spans: span:childCount = 0
        http *: span.http.method != nil || span.http.request.method != nil
        database | databases | db | sql | database calls | db calls | database queries | db queries | slow query | slow queries | sql query | db query | database query | sql queries | queries | database spans | db spans: span.db.system != nil || span.db.system.name != nil
        messaging | message queue * | message broker *: span.messaging.system != nil
        rpc: span.rpc.system != nil
        grpc: span.rpc.system = "grpc"
        tool call | tool calls | tool execution | tool executions | tool invocation | tool invocations: span.gen_ai.operation.name = "execute_tool"
        chat completion | chat completions | chat calls | chat call: span.gen_ai.operation.name = "chat"
        agent invocation | agent invocations | agent run | agent runs: span.gen_ai.operation.name = "invoke_agent"
        embedding call | embedding calls | embedding requests: span.gen_ai.operation.name = "embeddings"
        llm * | genai * | gen ai *: span.gen_ai.operation.name != nil
        graphql *: span.graphql.operation.type != nil
        websocket *: span.network.protocol.name = "websocket"
        exception | exceptions | threw | throws | throwing | raised: event:name = "exception"
        cold start | cold starts: span.faas.coldstart = true
        postgres | postgresql | pg: span.db.system = "postgresql" || span.db.system.name = "postgresql"
        mysql: span.db.system = "mysql" || span.db.system.name = "mysql"
        mariadb: span.db.system = "mariadb" || span.db.system.name = "mariadb"
        redis: span.db.system = "redis" || span.db.system.name = "redis"
        mongodb | mongo: span.db.system = "mongodb" || span.db.system.name = "mongodb"
        cassandra: span.db.system = "cassandra" || span.db.system.name = "cassandra"
        elasticsearch: span.db.system = "elasticsearch" || span.db.system.name = "elasticsearch"
        memcached: span.db.system = "memcached" || span.db.system.name = "memcached"
        mssql | sql server: span.db.system = "mssql" || span.db.system.name = "microsoft.sql_server"
        sqlite: span.db.system = "sqlite" || span.db.system.name = "sqlite"
        dynamodb: span.db.system = "dynamodb" || span.db.system.name = "aws.dynamodb"
        clickhouse: span.db.system = "clickhouse" || span.db.system.name = "clickhouse"
        kafka: span.messaging.system = "kafka"
        rabbitmq: span.messaging.system = "rabbitmq"
        sqs: span.messaging.system = "aws_sqs" || span.messaging.system = "AmazonSQS"
        nats: span.messaging.system = "nats"
        pulsar: span.messaging.system = "pulsar"
        java: resource.telemetry.sdk.language = "java"
        python: resource.telemetry.sdk.language = "python"
        nodejs | node.js: resource.telemetry.sdk.language = "nodejs"
        golang: resource.telemetry.sdk.language = "go"
        ruby: resource.telemetry.sdk.language = "ruby"
        dotnet: resource.telemetry.sdk.language = "dotnet"
        php: resource.telemetry.sdk.language = "php"
        rust: resource.telemetry.sdk.language = "rust"
        production: resource.deployment.environment = "production" || resource.deployment.environment.name = "production"
        prod: resource.deployment.environment = "prod" || resource.deployment.environment.name = "prod"
        qa: resource.deployment.environment = "qa" || resource.deployment.environment.name = "qa"
        uat: resource.deployment.environment = "uat" || resource.deployment.environment.name = "uat"
        dev: resource.deployment.environment = "dev" || resource.deployment.environment.name = "dev"
        preprod: resource.deployment.environment = "preprod" || resource.deployment.environment.name = "preprod"
        staging: resource.deployment.environment = "staging" || resource.deployment.environment.name = "staging"
        development: resource.deployment.environment = "development" || resource.deployment.environment.name = "development"
        aws: resource.cloud.provider = "aws"
        gcp: resource.cloud.provider = "gcp"
        azure: resource.cloud.provider = "azure"
        """;
}

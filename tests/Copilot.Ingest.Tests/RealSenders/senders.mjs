// Sends two spans (one failed, with an event), a log record and a metric of each kind through OpenTelemetry's own SDK.
// usage: node senders.mjs http/json|http/protobuf|grpc HTTP_URL GRPC_URL SERVICE
import { SpanKind, SpanStatusCode, context, trace } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

const [protocol, http, grpc, service] = process.argv.slice(2);
const suffix = { 'http/json': 'http', 'http/protobuf': 'proto', grpc: 'grpc' }[protocol];
const exporter = async (signal, type, path) => {
  const module = await import(`@opentelemetry/exporter-${signal}-otlp-${suffix}`);
  return new module[type](suffix === 'grpc' ? { url: grpc } : { url: `${http}${path}`, compression: suffix === 'proto' ? 'gzip' : 'none' });
};

const resource = resourceFromAttributes({ 'service.name': service, 'service.version': '1.2.3' });
const tracing = new NodeTracerProvider({
  resource,
  spanProcessors: [new BatchSpanProcessor(await exporter('trace', 'OTLPTraceExporter', 'v1/traces'))],
});
tracing.register();
const logging = new LoggerProvider({
  resource,
  processors: [new BatchLogRecordProcessor({ exporter: await exporter('logs', 'OTLPLogExporter', 'v1/logs') })],
});
const metering = new MeterProvider({
  resource,
  readers: [new PeriodicExportingMetricReader({ exporter: await exporter('metrics', 'OTLPMetricExporter', 'v1/metrics'), exportIntervalMillis: 3_600_000 })],
});

const tracer = tracing.getTracer('senders');
tracer.startActiveSpan('GET /basket', { kind: SpanKind.SERVER, attributes: { 'http.route': '/basket', items: 3, ratio: 0.5, vip: true } }, parent => {
  const child = tracer.startSpan('charge', { kind: SpanKind.CLIENT });
  child.recordException(new Error('card declined'));
  child.setStatus({ code: SpanStatusCode.ERROR, message: 'declined' });
  child.end();
  logging.getLogger('senders').emit({
    severityNumber: SeverityNumber.ERROR, severityText: 'ERROR', body: 'charge failed', attributes: { attempt: 2 }, context: trace.setSpan(context.active(), parent),
  });
  parent.end();
});
const meter = metering.getMeter('senders');
meter.createCounter('orders', { unit: '{order}' }).add(5, { region: 'eu' });
meter.createHistogram('latency', { unit: 'ms' }).record(12);
meter.createObservableGauge('queue').addCallback(result => result.observe(7));

await tracing.forceFlush();
await logging.forceFlush();
await metering.forceFlush();
await Promise.all([tracing.shutdown(), logging.shutdown(), metering.shutdown()]);

using Copilot.Language.Linking;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Tests.Readings;

/// <summary>A catalogue of a company that does not exist; nothing recorded looks like it.</summary>
internal static class Airline
{
    private static readonly string[] Services =
    [
        "edge-gateway",
        "auth-service",
        "user-profile",
        "FlightSearchService",
        "seat-map",
        "ticketing-svc",
        "loyalty",
        "baggage_tracker",
        "billing-worker",
        "checkin-api",
        "fare-engine",
        "notification-hub",
        "hotel-booking",
        "reporting",
        "search-indexer",
        "config-service",
    ];

    private static readonly string[] Http = ["edge-gateway", "user-profile", "seat-map", "ticketing-svc", "loyalty"];

    public static KnownNames Catalogue { get; } =
        new()
        {
            Services =
            [
                .. Services.Select(s => new KnownService(s, true, [])),
                new KnownService("stripe", false, ["api.stripe.example"]),
                new KnownService("amadeus-gds", false, ["gds.amadeus.example"]),
            ],
            Operations =
            [
                .. Of("edge-gateway", "GET /api/flights", "POST /api/bookings", "GET /api/bookings/{id}", "POST /api/login"),
                .. Of("auth-service", "auth.v1.Auth/Login", "auth.v1.Auth/Verify"),
                .. Of("user-profile", "GET /users/{id}", "PUT /users/{id}/preferences"),
                .. Of("FlightSearchService", "flights.v1.Search/FindFlights", "flights.v1.Search/Suggest"),
                .. Of("seat-map", "GET /seats/{flight}", "POST /seats/hold"),
                .. Of("ticketing-svc", "POST /tickets", "DELETE /tickets/{pnr}", "GET /tickets/{pnr}"),
                .. Of("loyalty", "POST /points/accrue", "GET /points"),
                .. Of("baggage_tracker", "process bag-events"),
                .. Of("billing-worker", "process invoices"),
                .. Of("checkin-api", "POST /checkin", "GET /boardingpass"),
                .. Of("fare-engine", "POST /fares/quote"),
                new KnownOperation("ticketing-svc", "SELECT tickets", false),
            ],
            Attributes =
            [
                .. All.SelectMany(a => a.Services.Select(s => new KnownAttribute(a.Scope, a.Key, s, a.Type, true, a.Values.Length == 0))),
            ],
            Values =
            [
                .. All.SelectMany(a =>
                    a.Services.SelectMany(s => a.Values.Select(v => new KnownValue(a.Scope, a.Key, s, v, a.Type, true, 100)))
                ),
            ],
            Teams = ["flight-core", "loyalty-crew", "platform"],
            People = [new KnownPerson("Maria Lopez", ["maria.lopez@air.example"], ["platform"])],
        };

    private static (AttributeScope Scope, string Key, string[] Services, string Type, string[] Values)[] All =>
        [
            (AttributeScope.Resource, "cloud.region", Services, "string", ["eu-west-1", "us-east-2", "ap-south-1"]),
            (AttributeScope.Resource, "cloud.availability_zone", Services, "string", ["eu-west-1a", "eu-west-1b"]),
            (AttributeScope.Resource, "k8s.pod.name", Services, "string", []),
            (AttributeScope.Resource, "service.instance.id", Services, "string", []),
            (AttributeScope.Resource, "service.name", Services, "string", Services),
            (AttributeScope.Resource, "service.version", ["ticketing-svc"], "string", ["2.14.0", "2.15.1"]),
            (AttributeScope.Resource, "service.version", ["fare-engine"], "string", ["1.9.9", "2.0.0"]),
            (AttributeScope.Resource, "deployment.environment.name", Services, "string", ["prod", "staging"]),
            (AttributeScope.Span, "customer.tier", ["ticketing-svc", "loyalty", "edge-gateway"], "string", ["gold", "silver", "basic"]),
            (AttributeScope.Span, "airline.code", ["FlightSearchService", "ticketing-svc", "fare-engine"], "string", ["LH", "BA", "AF"]),
            (AttributeScope.Span, "fare.currency", ["fare-engine", "ticketing-svc"], "string", ["EUR", "USD", "JPY"]),
            (AttributeScope.Span, "passenger.count", ["ticketing-svc", "seat-map"], "int", ["1", "2", "3", "4"]),
            (AttributeScope.Span, "app.platform", ["edge-gateway", "checkin-api"], "string", ["ios", "android", "web"]),
            (AttributeScope.Span, "cache.hit", ["seat-map"], "bool", ["true", "false"]),
            (AttributeScope.Span, "payment.provider", ["ticketing-svc"], "string", ["stripe", "adyen", "klarna"]),
            (AttributeScope.Span, "org.id", ["edge-gateway", "reporting"], "string", ["acme", "globex"]),
            (AttributeScope.Span, "booking.id", ["ticketing-svc", "checkin-api"], "string", []),
            (AttributeScope.Span, "rpc.grpc.status_code", ["fare-engine"], "int", ["0", "14"]),
            (AttributeScope.Span, "cabin", ["loyalty"], "string", ["J", "Y"]),
            (AttributeScope.Span, "bag.weight_kg", ["baggage_tracker"], "double", []),
            (AttributeScope.Span, "payload.bytes", ["user-profile"], "int", []),
            (AttributeScope.Span, "pnr.operator", ["user-profile"], "string", ["AND", "NOT", "XY"]),
            (AttributeScope.Span, "urgent", ["user-profile"], "bool", ["true", "false"]),
            (AttributeScope.Span, "peer.service", ["edge-gateway"], "string", ["loyalty", "ticketing-svc"]),
            (AttributeScope.Span, "pnr", ["ticketing-svc"], "string", []),
            (AttributeScope.Span, "http.request.method", Http, "string", ["GET", "POST", "PUT", "DELETE"]),
            (AttributeScope.Span, "http.response.status_code", Http, "int", ["200", "404", "500", "503"]),
            (AttributeScope.Span, "feature_flag.key", ["fare-engine"], "string", ["dynamic-pricing-v2"]),
            (AttributeScope.Span, "feature_flag.result.variant", ["fare-engine"], "string", ["on", "off"]),
            (AttributeScope.Event, "exception.type", ["ticketing-svc", "seat-map"], "string", ["SeatLockTimeoutException"]),
        ];

    private static IEnumerable<KnownOperation> Of(string service, params string[] names) =>
        names.Select(n => new KnownOperation(service, n, true));
}

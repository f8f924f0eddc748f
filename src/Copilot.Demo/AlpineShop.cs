namespace Copilot.Demo;

/// <summary>A pretend shop for mountain gear: fourteen services, two databases, a cache, a queue and two third parties.</summary>
internal static class AlpineShop
{
    public const string CardNetwork = "api.cardbridge.example";
    public const string Parcels = "api.parcelwise.example";

    private static readonly Query StockRead = new(
        "postgresql",
        "pg-stock.alpine.internal",
        "SELECT on_hand FROM stock WHERE sku = $1",
        2.2
    );
    private static readonly Query Session = new("redis", "redis.alpine.internal", "GET session:?", 0.6);

    public static IReadOnlyDictionary<string, ShopService> Services { get; } =
        new ShopService[]
        {
            new(
                "web",
                "8.2.0",
                2,
                new(
                    "GET /",
                    new Work(2),
                    new ShopCall("products", "GET /products"),
                    new ShopCall("recommender", "GET /suggestions"),
                    new Work(3)
                ),
                new("GET /search", new Work(2), new ShopCall("search", "GET /search"), new Work(3)),
                new(
                    "GET /product/{sku}",
                    new Work(2),
                    new ShopCall("products", "GET /products/{sku}"),
                    new ShopCall("stock", "GET /stock/{sku}"),
                    new ShopCall("reviews", "GET /reviews/{sku}"),
                    new Work(3)
                ),
                new(
                    "POST /basket",
                    new Work(1),
                    new ShopCall("accounts", "POST /sessions/verify"),
                    new ShopCall("basket", "POST /items"),
                    new Work(1)
                ),
                new(
                    "POST /checkout",
                    new Work(2),
                    new ShopCall("accounts", "POST /sessions/verify"),
                    new ShopCall("checkout", "POST /checkouts"),
                    new Work(3)
                )
            ),
            new(
                "mobile-gateway",
                "3.11.1",
                2,
                new(
                    "GET /v2/home",
                    new Work(1),
                    new ShopCall("products", "GET /products"),
                    new ShopCall("recommender", "GET /suggestions"),
                    new Work(1)
                ),
                new("GET /v2/search", new Work(1), new ShopCall("search", "GET /search"), new Work(1)),
                new(
                    "POST /v2/orders",
                    new Work(1),
                    new ShopCall("accounts", "POST /sessions/verify"),
                    new ShopCall("checkout", "POST /checkouts"),
                    new Work(1)
                )
            ),
            new("accounts", "5.0.3", 2, new ShopOperation("POST /sessions/verify", Session, new Work(1.5))),
            new(
                "products",
                "12.4.0",
                2,
                new("GET /products", new Query("redis", "redis.alpine.internal", "MGET product:?", 0.9), new Work(4)),
                new(
                    "GET /products/{sku}",
                    new Query("redis", "redis.alpine.internal", "GET product:?", 0.6),
                    new Query("postgresql", "pg-products.alpine.internal", "SELECT * FROM products WHERE sku = $1", 3) { Share = 0.3 },
                    new Work(2)
                )
            ),
            new(
                "search",
                "4.7.2",
                3,
                new ShopOperation("GET /search", new Work(9), new ShopCall("products", "GET /products") { Share = 0.6 }, new Work(2))
            ),
            new(
                "recommender",
                "0.19.0",
                2,
                new ShopOperation(
                    "GET /suggestions",
                    new Query("redis", "redis.alpine.internal", "ZRANGE suggestions:? 0 8", 0.8),
                    new Work(5)
                )
            ),
            new(
                "reviews",
                "2.2.1",
                1,
                new ShopOperation(
                    "GET /reviews/{sku}",
                    new Query("postgresql", "pg-products.alpine.internal", "SELECT stars, text FROM reviews WHERE sku = $1 LIMIT 20", 3.5),
                    new Work(1)
                )
            ),
            new(
                "basket",
                "6.1.0",
                2,
                new(
                    "POST /items",
                    Session,
                    new ShopCall("pricing", "POST /quotes"),
                    new Query("redis", "redis.alpine.internal", "HSET basket:?", 0.7),
                    new Work(1)
                ),
                new(
                    "GET /baskets/{id}",
                    new Query("redis", "redis.alpine.internal", "HGETALL basket:?", 0.8),
                    new ShopCall("pricing", "POST /quotes"),
                    new Work(1)
                )
            ),
            new(
                "pricing",
                "9.0.5",
                2,
                new ShopOperation("POST /quotes", new Query("redis", "redis.alpine.internal", "GET pricelist:?", 0.6), new Work(3))
            ),
            new(
                "checkout",
                "15.3.0",
                2,
                new ShopOperation(
                    "POST /checkouts",
                    new Work(3),
                    new ShopCall("basket", "GET /baskets/{id}"),
                    new ShopCall("stock", "POST /reservations"),
                    new ShopCall("delivery", "POST /rates"),
                    new ShopCall("payments", "POST /charges"),
                    new ShopCall("orders", "POST /orders"),
                    new Work(3)
                )
            ),
            new(
                "payments",
                "2.4.0",
                2,
                new ShopOperation("POST /charges", new Work(4), new ThirdParty(CardNetwork, "POST", "/v1/charges", 45), new Work(2))
            ),
            new(
                "stock",
                "7.7.0",
                2,
                new("GET /stock/{sku}", StockRead, new Work(1)),
                new(
                    "POST /reservations",
                    StockRead,
                    new Query("postgresql", "pg-stock.alpine.internal", "UPDATE stock SET reserved = reserved + $1 WHERE sku = $2", 4),
                    new Work(1)
                )
            ),
            new("delivery", "3.3.4", 1, new ShopOperation("POST /rates", new ThirdParty(Parcels, "GET", "/v3/rates", 28), new Work(2))),
            new(
                "orders",
                "10.0.1",
                2,
                new ShopOperation(
                    "POST /orders",
                    new Query("postgresql", "pg-orders.alpine.internal", "INSERT INTO orders (id, customer, total) VALUES ($1, $2, $3)", 4),
                    new Publish("order-mails", "mailer", "process order-mails"),
                    new Work(2)
                )
            ),
            new("mailer", "1.9.0", 1, new ShopOperation("process order-mails", new Work(12))),
        }.ToDictionary(s => s.Name);

    /// <summary>What customers do, with how often.</summary>
    public static IReadOnlyList<(string Service, string Operation, double Weight)> Entrances { get; } =
    [
        ("web", "GET /", 20),
        ("web", "GET /search", 18),
        ("web", "GET /product/{sku}", 24),
        ("web", "POST /basket", 10),
        ("web", "POST /checkout", 12),
        ("mobile-gateway", "GET /v2/home", 8),
        ("mobile-gateway", "GET /v2/search", 8),
        ("mobile-gateway", "POST /v2/orders", 8),
    ];

    public static IReadOnlyList<(string Currency, string Country, double Weight)> Customers { get; } =
    [("EUR", "AT", 40), ("EUR", "DE", 25), ("CHF", "CH", 15), ("SEK", "SE", 12), ("GBP", "GB", 8)];

    public static IReadOnlyList<string> Regions { get; } = ["eu-north-1", "eu-west-2", "eu-south-1"];
}

/// <summary>One operation of a service: its span name and what it does.</summary>
internal sealed record ShopOperation(string Name, params Step[] Steps);

/// <summary>One pretend service: who owns it, how many pods it runs, what it can do.</summary>
internal sealed record ShopService(string Name, string Version, int Pods, params ShopOperation[] Operations)
{
    public ShopOperation Operation(string name) =>
        Operations.FirstOrDefault(o => o.Name == name) ?? throw new InvalidOperationException($"{Name} has no operation '{name}'.");
}

/// <summary>One thing that an operation does on its way, in order.</summary>
internal abstract record Step
{
    /// <summary>How often it happens: 1 is always.</summary>
    public double Share { get; init; } = 1;
}

/// <summary>The service's own work.</summary>
internal sealed record Work(double Milliseconds) : Step;

/// <summary>A call to another service of the shop.</summary>
internal sealed record ShopCall(string Service, string Operation) : Step;

/// <summary>A statement sent to a database or cache, which sends no spans of its own.</summary>
internal sealed record Query(string System, string Address, string Statement, double Milliseconds) : Step;

/// <summary>A call to somebody else's API, which sends no spans either.</summary>
internal sealed record ThirdParty(string Host, string Method, string Path, double Milliseconds) : Step;

/// <summary>A message left in a queue; its consumer starts a trace of its own, linked to this one.</summary>
internal sealed record Publish(string Queue, string Consumer, string Operation) : Step;

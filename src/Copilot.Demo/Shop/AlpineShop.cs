namespace Copilot.Demo.Shop;

/// <summary>A pretend shop for mountain gear: fourteen services, two databases, a cache, a queue and two third parties.</summary>
internal static class AlpineShop
{
    public const string CardNetwork = "api.cardbridge.example";
    public const string Parcels = "api.parcelwise.example";

    private static readonly Query StockRead = new("postgresql", "pg-stock.alpine.internal", "SELECT on_hand FROM stock WHERE sku = $1", 2.2);
    private static readonly Query Session = new("redis", "redis.alpine.internal", "GET session:?", 0.6);

    public static IReadOnlyDictionary<string, ShopService> Services { get; } = new ShopService[]
    {
        new("web", "8.2.0", 2,
            new("GET /", new Work(2), new Call("products", "GET /products"), new Call("recommender", "GET /suggestions"), new Work(3)),
            new("GET /search", new Work(2), new Call("search", "GET /search"), new Work(3)),
            new("GET /product/{sku}", new Work(2), new Call("products", "GET /products/{sku}"), new Call("stock", "GET /stock/{sku}"), new Call("reviews", "GET /reviews/{sku}"), new Work(3)),
            new("POST /basket", new Work(1), new Call("accounts", "POST /sessions/verify"), new Call("basket", "POST /items"), new Work(1)),
            new("POST /checkout", new Work(2), new Call("accounts", "POST /sessions/verify"), new Call("checkout", "POST /checkouts"), new Work(3))),
        new("mobile-gateway", "3.11.1", 2,
            new("GET /v2/home", new Work(1), new Call("products", "GET /products"), new Call("recommender", "GET /suggestions"), new Work(1)),
            new("GET /v2/search", new Work(1), new Call("search", "GET /search"), new Work(1)),
            new("POST /v2/orders", new Work(1), new Call("accounts", "POST /sessions/verify"), new Call("checkout", "POST /checkouts"), new Work(1))),
        new("accounts", "5.0.3", 2,
            new ShopOperation("POST /sessions/verify", Session, new Work(1.5))),
        new("products", "12.4.0", 2,
            new("GET /products", new Query("redis", "redis.alpine.internal", "MGET product:?", 0.9), new Work(4)),
            new("GET /products/{sku}", new Query("redis", "redis.alpine.internal", "GET product:?", 0.6), new Query("postgresql", "pg-products.alpine.internal", "SELECT * FROM products WHERE sku = $1", 3) { Share = 0.3 }, new Work(2))),
        new("search", "4.7.2", 3,
            new ShopOperation("GET /search", new Work(9), new Call("products", "GET /products") { Share = 0.6 }, new Work(2))),
        new("recommender", "0.19.0", 2,
            new ShopOperation("GET /suggestions", new Query("redis", "redis.alpine.internal", "ZRANGE suggestions:? 0 8", 0.8), new Work(5))),
        new("reviews", "2.2.1", 1,
            new ShopOperation("GET /reviews/{sku}", new Query("postgresql", "pg-products.alpine.internal", "SELECT stars, text FROM reviews WHERE sku = $1 LIMIT 20", 3.5), new Work(1))),
        new("basket", "6.1.0", 2,
            new("POST /items", Session, new Call("pricing", "POST /quotes"), new Query("redis", "redis.alpine.internal", "HSET basket:?", 0.7), new Work(1)),
            new("GET /baskets/{id}", new Query("redis", "redis.alpine.internal", "HGETALL basket:?", 0.8), new Call("pricing", "POST /quotes"), new Work(1))),
        new("pricing", "9.0.5", 2,
            new ShopOperation("POST /quotes", new Query("redis", "redis.alpine.internal", "GET pricelist:?", 0.6), new Work(3))),
        new("checkout", "15.3.0", 2,
            new ShopOperation("POST /checkouts", new Work(3), new Call("basket", "GET /baskets/{id}"), new Call("stock", "POST /reservations"), new Call("delivery", "POST /rates"), new Call("payments", "POST /charges"), new Call("orders", "POST /orders"), new Work(3))),
        new("payments", "2.4.0", 2,
            new ShopOperation("POST /charges", new Work(4), new ThirdParty(CardNetwork, "POST", "/v1/charges", 45), new Work(2))),
        new("stock", "7.7.0", 2,
            new("GET /stock/{sku}", StockRead, new Work(1)),
            new("POST /reservations", StockRead, new Query("postgresql", "pg-stock.alpine.internal", "UPDATE stock SET reserved = reserved + $1 WHERE sku = $2", 4), new Work(1))),
        new("delivery", "3.3.4", 1,
            new ShopOperation("POST /rates", new ThirdParty(Parcels, "GET", "/v3/rates", 28), new Work(2))),
        new("orders", "10.0.1", 2,
            new ShopOperation("POST /orders", new Query("postgresql", "pg-orders.alpine.internal", "INSERT INTO orders (id, customer, total) VALUES ($1, $2, $3)", 4), new Publish("order-mails", "mailer", "process order-mails"), new Work(2))),
        new("mailer", "1.9.0", 1,
            new ShopOperation("process order-mails", new Work(12))),
    }.ToDictionary(s => s.Name);

    /// <summary>What customers do, with how often.</summary>
    public static IReadOnlyList<(string Service, string Operation, double Weight)> Entrances { get; } =
    [
        ("web", "GET /", 20), ("web", "GET /search", 18), ("web", "GET /product/{sku}", 24), ("web", "POST /basket", 10), ("web", "POST /checkout", 12),
        ("mobile-gateway", "GET /v2/home", 8), ("mobile-gateway", "GET /v2/search", 8), ("mobile-gateway", "POST /v2/orders", 8),
    ];

    public static IReadOnlyList<(string Currency, string Country, double Weight)> Customers { get; } =
    [
        ("EUR", "AT", 40), ("EUR", "DE", 25), ("CHF", "CH", 15), ("SEK", "SE", 12), ("GBP", "GB", 8),
    ];

    public static IReadOnlyList<string> Regions { get; } = ["eu-north-1", "eu-west-2", "eu-south-1"];
}

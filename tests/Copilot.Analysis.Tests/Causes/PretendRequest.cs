namespace Copilot.Analysis.Tests.Causes;

/// <summary>How one request of the pretend system goes.</summary>
internal sealed class PretendRequest
{
    public double Noise { get; init; } = 1;

    public double ShopMs { get; set; } = 10;

    public double StockMs { get; set; } = 20;

    public double StockGapMs { get; set; } = 1;

    public double PayMs { get; set; } = 30;

    /// <summary>Of each call.</summary>
    public double ShopDatabaseMs { get; set; } = 2;

    /// <summary>Stock asks the same database once.</summary>
    public double StockDatabaseMs { get; set; } = 2;

    public int DatabaseCalls { get; set; } = 2;

    public bool WebFails { get; set; }

    public bool ShopFails { get; set; }

    public bool StockFails { get; set; }

    public bool PayFails { get; set; }

    public bool StockIsSilent { get; set; }

    public bool ReachesStock { get; set; } = true;

    public string ShopOperation { get; set; } = "POST /orders";

    public string ShopPod { get; set; } = "shop-1";

    public void FailFromStockUp() => StockFails = ShopFails = WebFails = true;

    /// <summary>What the first service's span says of the request.</summary>
    public Dictionary<string, string> WebSays { get; } = [];

    /// <summary>What shop's and stock's spans say of where they run.</summary>
    public string? ShopHost { get; set; }

    public string StockPod { get; set; } = "stock-1";

    public string? StockHost { get; set; }

    /// <summary>The error that stock writes while it serves the request.</summary>
    public string? StockComplaint { get; set; }
}

using Copilot.Demo.Shop;

namespace Copilot.Demo.Faults;

/// <summary>The pod that serves a request: a service, its version there, and its number among its peers.</summary>
internal readonly record struct ServingPod(ShopService Service, string Version, int Number);

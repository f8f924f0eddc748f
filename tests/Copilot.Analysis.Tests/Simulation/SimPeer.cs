namespace Copilot.Analysis.Tests.Simulation;

/// <summary>What is called and sends no spans.</summary>
internal sealed record SimPeer(string Name, bool IsDatabase, double Ms);

namespace Copilot.Store.Intake;

/// <summary>The dictionary ids of a batch: by its resource's, its scope's, its row's (operations) or its series' index.</summary>
internal readonly record struct ResolvedIds(int[] Services, int[] Resources, int[] Scopes, int[] Items);

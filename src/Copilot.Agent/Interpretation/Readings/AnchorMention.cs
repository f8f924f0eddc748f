using Copilot.Agent.Questions.Windows;

namespace Copilot.Agent.Interpretation.Readings;

/// <summary>Windows that hang on a change: "since the 5.12.0 deploy", "2 min before vs 2 min after the rollback".</summary>
internal sealed record AnchorMention(ChangeAnchor? Before, ChangeAnchor? After, string Words);

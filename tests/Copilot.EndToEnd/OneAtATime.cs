using Xunit;

// Each class starts an app with a Postgres of its own, and one of them measures: side by side they would measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

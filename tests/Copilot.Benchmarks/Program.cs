using Copilot.Benchmarks;

return await BenchmarkCommand.Create().Parse(args).InvokeAsync();

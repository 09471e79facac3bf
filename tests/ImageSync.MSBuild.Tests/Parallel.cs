// Much of a test is the start of an engine or of a dotnet command: there are as many at a time as cores. Each has folders and ports
// of its own; what shares more is [NonParallelizable], and says what.
[assembly: Parallelizable(ParallelScope.Fixtures)]

// Much of a test is the start of an engine or of a dotnet command. Each test has folders and ports of its own; what shares more is
// [NonParallelizable], and says what.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]

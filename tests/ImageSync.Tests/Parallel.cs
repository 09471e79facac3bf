// Most of a long test is waiting for a clock or for an answer. Each test has folders, ports and variables of its own; what shares
// more is [NonParallelizable], and says what.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]

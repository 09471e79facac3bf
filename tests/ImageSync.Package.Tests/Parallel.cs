// Most of a scenario is the start of one dotnet process after another; two of them share the machine well. Each scenario has a
// folder, an origin and a package folder's version of its own.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]

// Most of a scenario is one dotnet command after another; as many scenarios as there are cores share the machine well. Each has a
// folder, an origin and an MSBuild server of its own.
[assembly: Parallelizable(ParallelScope.Fixtures)]

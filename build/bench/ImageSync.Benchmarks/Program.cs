using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using Perfolizer.Horology;

// Short iterations, because the whole list is to be run often; ten of them still show what is noise.
var job = Job.Default.WithWarmupCount(3).WithIterationTime(TimeInterval.FromMilliseconds(200)).WithIterationCount(10);
var config = DefaultConfig.Instance.AddDiagnoser(MemoryDiagnoser.Default).AddExporter(JsonExporter.Brief);
var hasOwnJob = args.Contains("--job") || args.Contains("-j");
var hasFilter = args.Contains("--filter") || args.Contains("-f");

var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly)
    .Run(hasFilter ? args : [.. args, "--filter", "*"], hasOwnJob ? config : config.AddJob(job.AsDefault()));

// BenchmarkDotNet prints a benchmark that threw as a row without figures, and is content.
return summaries.Any() && summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.Length > 0 && summary.Reports.All(report => report.Success)) ? 0 : 1;

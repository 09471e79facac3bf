using System.Collections;
using Microsoft.Build.Framework;

namespace ImageSync.MSBuild.Tests;

/// <summary>A build engine that only listens, and keeps what tasks share until the build is over.</summary>
internal sealed class FakeEngine : IBuildEngine6
{
    // One process for hundreds of builds: starting it would be most of what the tests do. Each build has a fresh one where that matters.
    private static readonly Dictionary<object, object> KeptEngines = [];

    private readonly Dictionary<object, object> _shared = [];

    public List<BuildErrorEventArgs> Errors { get; } = [];

    public List<BuildWarningEventArgs> Warnings { get; } = [];

    public List<BuildMessageEventArgs> Messages { get; } = [];

    /// <summary>Whether the engine's process ends with the build, as it does in MSBuild.</summary>
    public bool EndsItsEngines { get; init; }

    /// <summary>The properties of the command line.</summary>
    public Dictionary<string, string> GlobalProperties { get; init; } = [];

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "ImageSync.targets";

    public IEnumerable<string> HighMessages => Messages.Where(message => message.Importance == MessageImportance.High).Select(message => message.Message!);

    public bool IsRunningMultipleNodes => false;

    /// <summary>Ends the build.</summary>
    public void End()
    {
        foreach (var shared in _shared.Values)
        {
            (shared as IDisposable)?.Dispose();
        }

        _shared.Clear();
    }

    public object GetRegisteredTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => PlaceOf(key).GetValueOrDefault(key)!;

    public void RegisterTaskObject(object key, object obj, RegisteredTaskObjectLifetime lifetime, bool allowEarlyCollection) =>
        PlaceOf(key).Add(key, obj);

    private Dictionary<object, object> PlaceOf(object key) =>
        !EndsItsEngines && key.ToString()!.StartsWith(typeof(EnginePool).FullName!, StringComparison.Ordinal) ? KeptEngines : _shared;

    public object UnregisterTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => throw new NotSupportedException();

    public void Reacquire() => throw new NotSupportedException();

    public void Yield() => throw new NotSupportedException();

    public BuildEngineResult BuildProjectFilesInParallel(
        string[] projectFileNames, string[] targetNames, IDictionary[] globalProperties, IList<string>[] removeGlobalProperties, string[] toolsVersion, bool returnTargetOutputs) => throw new NotSupportedException();

    public bool BuildProjectFilesInParallel(
        string[] projectFileNames, string[] targetNames, IDictionary[] globalProperties, IDictionary[] targetOutputsPerProject, string[] toolsVersion, bool useResultsCache, bool unloadProjectsOnCompletion) => throw new NotSupportedException();

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs, string toolsVersion) => throw new NotSupportedException();

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) => throw new NotSupportedException();

    public IReadOnlyDictionary<string, string> GetGlobalProperties() => GlobalProperties;

    public void LogTelemetry(string eventName, IDictionary<string, string> properties) => throw new NotSupportedException();

    public void LogCustomEvent(CustomBuildEventArgs e) => throw new NotSupportedException();

    public void LogErrorEvent(BuildErrorEventArgs e) => Errors.Add(e);

    public void LogMessageEvent(BuildMessageEventArgs e) => Messages.Add(e);

    public void LogWarningEvent(BuildWarningEventArgs e) => Warnings.Add(e);
}

using ImageSync.MSBuild.Names;
using ImageSync.Sync;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace ImageSync.MSBuild;

/// <summary>
/// Keeps local copies of remote images in step with their origins, or checks whether they are. All of it is done by the engine, a
/// program of its own: items and options go to it, items and log lines come back.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class SyncImages : Task, ICancelableTask, IIncrementalTask, IDisposable
{
    // build/targets/Defaults.targets looks at it too.
    private const string OwnersVariable = "IMAGESYNC_NATIVE";

    /// <summary>The <c>RemoteImage</c> items.</summary>
    [Required]
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>Images that another instance of the project has synced, or checked, in this build; they are not asked for again.</summary>
    public ITaskItem[] AlreadySynced { get; set; } = [];

    /// <summary><c>true</c> to tell what a sync would change, and to write nothing. Default <c>false</c>.</summary>
    public bool Check { get; set; }

    /// <summary>
    /// The options: one item each, its identity the name of the project's property without <c>ImageSync</c>, the metadatum
    /// <c>Value</c> its value; an empty value is none. The engine knows which there are and what is valid. Where the metadatum
    /// <c>IsPrivate</c> is <c>true</c>, no property has its name.
    /// </summary>
    [Required]
    public ITaskItem[] Options { get; set; } = [];

    /// <summary>The project's directory, absolute: local paths are relative to it and stay inside it.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>The project's file, absolute: the location of what concerns no single item.</summary>
    public string ProjectFile { get; set; } = "";

    /// <summary>The framework of an inner build of a project with several; empty for the project as a whole.</summary>
    public string TargetFramework { get; set; } = "";

    /// <summary><c>true</c> where the same command may sync other projects, too: then the summary names the project.</summary>
    public string IsOneOfSeveral { get; set; } = "";

    /// <summary>
    /// Other files in which the project's author writes, such as a Directory.Build.props: names that do nothing are looked for there.
    /// </summary>
    public string[] ImportedFiles { get; set; } = [];

    /// <summary>
    /// The folder of the engine, absolute: its IL in <c>net8.0</c>, programs compiled ahead in folders named by their machine.
    /// </summary>
    [Required]
    public string EngineFolder { get; set; } = "";

    /// <summary>
    /// <c>ImageSyncNative</c>: <c>false</c> to run the engine's IL by dotnet, also where there is a program for the machine.
    /// Default <c>true</c>.
    /// </summary>
    public string Native { get; set; } = "";

    /// <summary>Where the .NET SDK of this build is installed; its dotnet is preferred to one on the PATH. May be empty.</summary>
    public string DotNetRoot { get; set; } = "";

    /// <summary>
    /// Set by MSBuild: <c>true</c> under <c>-question</c>, which asks whether there is anything to do and wants nothing done. Then
    /// the images are checked, and what a sync would change is an error.
    /// </summary>
    public bool FailIfNotIncremental { get; set; }

    /// <summary>
    /// One item an image, in the order of declaration. The identity is the local path; metadata: Url, EffectiveUrl, Status,
    /// Changed, StatusCode, ETag, LastModified, Sha256, Length, MediaType, Format, Width, Height, BytesReceived, FromStore, Attempts,
    /// ElapsedMilliseconds, Code.
    /// </summary>
    [Output]
    public ITaskItem[] SyncedImages { get; set; } = [];

    /// <summary>
    /// One item a valid image with a <c>BuildAction</c>: the identity is its local path, the metadata are those of its <c>RemoteImage</c>.
    /// </summary>
    [Output]
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>The files that were deleted because their items are gone: whatever globs have made of them is to leave the build.</summary>
    [Output]
    public ITaskItem[] Pruned { get; set; } = [];

    /// <summary>The outcome in one line.</summary>
    [Output]
    public string Summary { get; set; } = "";

    /// <summary>The report's URL, where one was written.</summary>
    [Output]
    public string ReportUrl { get; set; } = "";

    /// <summary>The run of the engine.</summary>
    internal EngineLink Link { get; } = new();

    /// <inheritdoc/>
    public void Cancel() => Link.Cancel();

    /// <inheritdoc/>
    public void Dispose() => Link.Dispose();

    /// <inheritdoc/>
    public override bool Execute()
    {
        var log = new BuildLog(Log, ProjectFile);
        if (BadSwitch(log))
        {
            return false;
        }

        var answer = new EngineAnswer(Images, log);
        var names = new UnknownNames(log, () => OwnFilesOf(Images));
        if (AlreadySynced.Length == 0)
        {
            // While the engine is at work.
            Link.Meanwhile = () => TellOfUnknownNames(names, Images);
        }

        if (Link.Run(EnginePool.Of(BuildEngine, EngineFolder), Programs(), RequestLines(log), answer, log) is { } failure)
        {
            return !Link.IsCancelled && Unsynced(log, failure);
        }

        SyncedImages = AlreadySynced.Concat(answer.Synced).ToArray();
        (Files, Pruned, Summary, ReportUrl) = ([.. answer.Files], [.. answer.Pruned], answer.Summary, answer.ReportUrl);
        if (Link.IsCancelled)
        {
            // MSBuild says that the build was cancelled; what was finished until then is recorded.
            return false;
        }

        if (AlreadySynced.Length > 0)
        {
            TellOfUnknownNames(names, answer.Own);
        }

        return !Log.HasLoggedErrors;
    }

    // The engine cannot judge what decides which engine there is.
    private bool BadSwitch(BuildLog log)
    {
        Native = MSBuildSyntax.Trim(Native);
        var fault = !IsSwitch(Native) ? $"the property ImageSyncNative is \"{Native}\", which is not valid. Write true or false."
            : !IsSwitch(OwnersNative) ? $"the environment variable {OwnersVariable}, which decides "
                + "whether programs that are compiled ahead may run, is not valid. Write true or false."
            : null;
        if (fault is not null)
        {
            log.Write(LoggedDiagnostic.ByTask("error", "IMGSYNC1004", "ImageSync: " + fault), item: null);
        }

        return fault is not null;
    }

    private static bool IsSwitch(string value) => value.Length == 0 || bool.TryParse(value, out _);

    private static bool IsOff(string value) => bool.TryParse(value, out var isOn) && !isOn;

    private IEnumerable<EngineProgram> Programs()
    {
        var locator = new EngineLocator(EngineFolder, File.Exists);
        if (!IsOff(Native) && !IsOff(OwnersNative) && locator.Native(EngineLocator.RuntimesOfThisMachine()) is { } native)
        {
            yield return native;
        }

        var (host, path) = (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"), Environment.GetEnvironmentVariable("PATH"));
        foreach (var managed in locator.Managed(host, DotNetRoot, path))
        {
            yield return managed;
        }
    }

    private IEnumerable<string> RequestLines(BuildLog log)
    {
        (string Name, string Value)[] own =
        [
            ("ProjectDirectory", ProjectDirectory),
            ("ProjectName", TargetFramework.Length == 0 ? NameOfProject : $"{NameOfProject} ({TargetFramework})"),
            ("NamesProject", NodeProjects.IsAnother(BuildEngine, ProjectFile) || IsOneOfSeveral == "true" ? "true" : ""),
            ("TargetFramework", TargetFramework),
            ("Detailed", log.IsDetailed ? "true" : ""),
            ("Question", FailIfNotIncremental ? "true" : ""),
        ];
        var options = own.Concat(Options.Select(option => (option.ItemSpec, option.GetMetadata("Value"))));
        return EngineRequest.Lines(Check, options, Images, AlreadySynced);
    }

    // From the environment, as the owner's other limits (OwnerLimits): a project overrides properties.
    private static string OwnersNative => MSBuildSyntax.Trim(Environment.GetEnvironmentVariable(OwnersVariable) ?? "");

    private string NameOfProject => Path.GetFileNameWithoutExtension(ProjectFile);

    private OwnFiles OwnFilesOf(IReadOnlyList<ITaskItem> items)
    {
        var declaring = items.Select(ListedItem.ProjectOf).Where(file => file.Length > 0).Distinct();
        return new OwnFiles(new[] { ProjectFile, ProjectFile + ".user" }.Concat(ImportedFiles).Concat(declaring));
    }

    // The project as a whole tells of its properties; an inner build would tell of them once more.
    private void TellOfUnknownNames(UnknownNames names, IReadOnlyList<ITaskItem> items)
    {
        if (TargetFramework.Length == 0)
        {
            var options = Options.Where(option => option.GetMetadata("IsPrivate") != "true").Select(option => option.ItemSpec);
            names.TellOfProperties(
                BuildEngine is IBuildEngine6 engine ? engine.GetGlobalProperties().Keys : [], KnownNames.PropertiesOf(options));
            names.TellOfItemTypes();
        }

        names.TellOfMetadata(items);
    }

    // As with an origin that cannot be reached: a warning while there is a copy of everything, an error otherwise.
    private bool Unsynced(BuildLog log, string reason)
    {
        var failure = new EngineFailure(reason, new EngineLocator(EngineFolder, File.Exists).WhatIsMissing, Images, ProjectDirectory);
        SyncedImages = AlreadySynced.Concat(failure.Items).ToArray();
        log.Write(failure.Diagnostic, item: null);
        return !Log.HasLoggedErrors;
    }
}

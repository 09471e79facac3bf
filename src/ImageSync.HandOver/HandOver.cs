using System.Diagnostics;
using System.Xml;
using ImageSync.Reporting;
using ImageSync.Storage;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild;

/// <summary>
/// Hands a sync over to <c>dotnet msbuild</c>, in a build that runs in MSBuild.exe (Visual Studio). There is one
/// implementation, and .NET Framework cannot load it.
/// </summary>
/// <remarks>What the child reports arrives here line by line; ToolTask makes errors and warnings of it, with code and location.</remarks>
public sealed class HandOver : ToolTask
{
    // Not below the project: a check leaves no trace there.
    private readonly string _results = Path.Combine(Path.GetTempPath(), "imagesync-" + Guid.NewGuid().ToString("N"));
    private readonly List<string> _foreignErrors = [];
    private string? _dotnet;
    private bool _cancelled;
    private bool _asked;

    /// <summary>The <c>RemoteImage</c> items; the child has them of its own evaluation, here they tell what is at stake.</summary>
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>Images that another instance of the project has synced in this build; the child does not ask for them.</summary>
    public ITaskItem[] AlreadySynced { get; set; } = [];

    /// <summary>The project's file, absolute.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The target that the child runs.</summary>
    [Required]
    public string Target { get; set; } = "";

    /// <summary>The framework of an inner build, for what only it has; empty for the project as a whole.</summary>
    public string Framework { get; set; } = "";

    /// <summary>Where the .NET SDK of this build is installed; its dotnet is preferred to one on the PATH. May be empty.</summary>
    public string DotNetRoot { get; set; } = "";

    /// <summary>One item an image, as the child's SyncImages returned them.</summary>
    [Output]
    public ITaskItem[] SyncedImages { get; set; } = [];

    /// <summary>The outcome in one line.</summary>
    [Output]
    public string Summary { get; set; } = "";

    /// <inheritdoc/>
    protected override string ToolName => "dotnet";

    /// <inheritdoc/>
    protected override MessageImportance StandardOutputLoggingImportance => MessageImportance.High;

    private string Directory => Path.GetDirectoryName(ProjectFile)!;

    private string Settled => _results + ".settled";

    /// <inheritdoc/>
    public override bool Execute()
    {
        if (FailIfNotIncremental)
        {
            // Under -question ToolTask would fail without running anything; the child knows whether something is to be done.
            (_asked, FailIfNotIncremental) = (true, false);
        }

        _dotnet = DotNetCommand.Find(DotNetRoot, Environment.GetEnvironmentVariable("PATH"), File.Exists);
        if (_dotnet is null)
        {
            return Fail($"no dotnet was found, {(DotNetRoot.Length > 0 ? $"neither in {DotNetRoot} nor" : "not even")} on the PATH");
        }

        try
        {
            SyncedImagesFile.Write(Settled, AlreadySynced, "");
            base.Execute();
            return Conclude();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or XmlException)
        {
            return Fail(exception.Message.TrimEnd('.'));
        }
        finally
        {
            File.Delete(_results);
            File.Delete(Settled);
        }
    }

    /// <inheritdoc/>
    public override void Cancel()
    {
        _cancelled = true;
        base.Cancel();
    }

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => _dotnet!;

    /// <inheritdoc/>
    protected override string GetWorkingDirectory() => Directory;

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands() => DotNetCommand.Arguments(ProjectFile, Target, Properties()) + (_asked ? " -question" : "");

    /// <inheritdoc/>
    protected override ProcessStartInfo GetProcessStartInfo(string pathToTool, string commandLineCommands, string responseFileSwitch)
    {
        var start = base.GetProcessStartInfo(pathToTool, commandLineCommands, responseFileSwitch);
        foreach (var variable in start.Environment.Keys.Where(DotNetCommand.IsTheHosts).ToList())
        {
            start.Environment.Remove(variable);
        }

        return start;
    }

    /// <inheritdoc/>
    protected override void LogToolCommand(string message) =>
        Log.LogMessage(
            MessageImportance.Low, "{0}", InertText.Of($"ImageSync: handed over to {_dotnet} msbuild {ProjectFile} -t:{Target}"));

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        // The console logger's indentation of messages is the host's business.
        var line = singleLine.Trim();
        if (line.Contains(": error ") && !line.Contains(": error IMGSYNC"))
        {
            _foreignErrors.Add(line);
        }
        else if (line.Length > 0)
        {
            base.LogEventsFromTextOutput(line, messageImportance);
        }
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors() => false;

    private IEnumerable<KeyValuePair<string, string>> Properties()
    {
        var global = ((IBuildEngine6)BuildEngine).GetGlobalProperties().Where(property => DotNetCommand.IsHandedOver(property.Key));
        return global.Concat(new Dictionary<string, string>
        {
            ["_ImageSyncHandOver"] = "false",
            ["_ImageSyncIsInnerBuild"] = "false", // Its outer instance has been asked already, on this side.
            ["_ImageSyncFramework"] = Framework,
            ["_ImageSyncResultsFile"] = _results,
            ["_ImageSyncSettledFile"] = Settled,
        });
    }

    private bool Conclude()
    {
        if (_cancelled)
        {
            return false;
        }

        if (File.Exists(_results))
        {
            (SyncedImages, Summary) = SyncedImagesFile.Read(_results);
            foreach (var error in _foreignErrors)
            {
                base.LogEventsFromTextOutput(error, MessageImportance.High);
            }
        }
        else if (!Log.HasLoggedErrors)
        {
            return Fail($"\"{_dotnet} msbuild\" ended with the code {ExitCode}{(_foreignErrors.Count > 0 ? ": " + _foreignErrors[0].TrimEnd('.') : "")}");
        }

        return !Log.HasLoggedErrors;
    }

    // As with an origin that cannot be reached: a warning while there is a copy of everything, an error otherwise.
    private bool Fail(string cause)
    {
        const string Code = "IMGSYNC5001";
        var absent = Images.FirstOrDefault(image => !IsTrue(image.GetMetadata("Optional")) && !File.Exists(Path.Combine(Directory, LocalPath(image))));
        var message = $"ImageSync: in MSBuild.exe the sync is handed over to \"dotnet msbuild\", which failed: {cause}. "
            + (absent is null ? "The local copies were kept. " : $"There is no local copy of {LocalPath(absent)}. ")
            + "Install the .NET SDK (8 or later), or run \"dotnet build -t:SyncImages\" yourself and see what it says.";
        SyncedImages = [.. AlreadySynced, .. Images.Select(image => Unsynced(image, Code))];
        if (absent is null)
        {
            Log.LogWarning(null, Code, null, Product.HelpLink(Code), InertText.Of(ProjectFile), 0, 0, 0, 0, "{0}", InertText.Of(message));
            return true;
        }

        Log.LogError(null, Code, null, Product.HelpLink(Code), InertText.Of(ProjectFile), 0, 0, 0, 0, "{0}", InertText.Of(message));
        return false;
    }

    private TaskItem Unsynced(ITaskItem image, string code)
    {
        var path = LocalPath(image);
        var exists = File.Exists(Path.Combine(Directory, path));

        // The child refuses such names, but has not come to it.
        var identity = DeceptiveText.ObjectionTo(path) is null ? path : InertText.Of(path);
        return new TaskItem(identity, new Dictionary<string, string>
        {
            ["Status"] = exists ? "Kept" : "Failed",
            ["Changed"] = "false",
            ["Code"] = code,
        });
    }

    // An item that evaluation could not name is called by its URL; the child knows its file.
    private static string LocalPath(ITaskItem image) =>
        image.GetMetadata("LocalPath") is { Length: > 0 } path ? path.Replace('\\', Path.DirectorySeparatorChar) : image.ItemSpec;

    private static bool IsTrue(string text) => string.Equals(text.Trim(), "true", StringComparison.OrdinalIgnoreCase);
}

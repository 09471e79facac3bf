using ImageSync.Engine;
using ImageSync.Reporting;
using ImageSync.Storage;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild;

/// <summary>No engine has carried the request out: what is told of it, and what becomes of the images.</summary>
/// <param name="reason">What was tried, and what came of it: a clause; empty where there was nothing to try.</param>
/// <param name="whatIsMissing">What the package's folder has not, as a clause; null where it is whole.</param>
/// <param name="images">The items.</param>
/// <param name="projectDirectory">What their paths are relative to.</param>
internal sealed class EngineFailure(string reason, string? whatIsMissing, IReadOnlyList<ITaskItem> images, string projectDirectory)
{
    private const string Code = "IMGSYNC5001";

    /// <summary>A warning while there is a copy of everything that is required, an error otherwise.</summary>
    public LoggedDiagnostic Diagnostic
    {
        get
        {
            var absent = images.FirstOrDefault(image => !IsOptional(image) && !Exists(image));
            return LoggedDiagnostic.ByTask(absent is null ? "warning" : "error", Code,
                $"ImageSync: the engine could not be run: {Cause}. "
                + (absent is null ? "The local copies were kept. " : $"There is no local copy of {LocalPath(absent)}. ")
                + Advice);
        }
    }

    private string Cause => (reason, whatIsMissing) switch
    {
        ("", null) => "the package's folder has no program for this machine, and no dotnet was found "
            + "(DOTNET_HOST_PATH, the SDK's folder, PATH)",
        ("", _) => whatIsMissing,
        (_, null) => reason,
        _ => $"{reason}; {whatIsMissing}",
    };

    private string Advice => whatIsMissing is null
        ? $"Install .NET (8 or later), or see {Product.Page("compatibility.md#what-the-engine-needs")} for what the engine needs."
        : "Delete this version's folder below imagesync/ in the package folder, and restore.";

    /// <summary>One item an image: kept where there is a file.</summary>
    public IEnumerable<ITaskItem> Items => images.Select(image =>
    {
        // The engine refuses such names, but has not come to it. A NUL would cut MSBuild's log off.
        var path = LocalPath(image);
        var isName = DeceptiveText.ObjectionTo(path) is null && !path.Any(DeceptiveText.IsBreak);
        return new TaskItem(isName ? path : UntrustedText.EscapeForLog(path), new Dictionary<string, string>
        {
            ["Status"] = Exists(image) ? "Kept" : "Failed",
            ["Changed"] = "false",
            ["Code"] = Code,
        });
    });

    private bool Exists(ITaskItem image) => File.Exists(UntrustedPath.MakeAbsolute(projectDirectory, LocalPath(image)));

    // An item that evaluation could not name is called by its URL; the engine would know its file.
    private static string LocalPath(ITaskItem image) =>
        image.GetMetadata("LocalPath") is { Length: > 0 } path ? path.Replace('\\', Path.DirectorySeparatorChar) : image.ItemSpec;

    private static bool IsOptional(ITaskItem image) =>
        string.Equals(image.GetMetadata("Optional").Trim(), "true", StringComparison.OrdinalIgnoreCase);
}

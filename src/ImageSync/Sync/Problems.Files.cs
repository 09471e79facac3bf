using ImageSync.Storage;
using static ImageSync.Sync.DiagnosticCode;

namespace ImageSync.Sync;

/// <summary>The codes 4xxx: the local file, and the other files of a run.</summary>
internal static partial class Problems
{
    public static Problem EditKept(Wording words, string edit) =>
        new(LocalFileEdited, $"the local file {edit}. {Kept(words)}", "Delete the file to get the origin's image again.");

    public static Problem EditRefused(Wording words, string edit) =>
        new(LocalFileEdited, $"the local file {edit}. {words.Given("OnLocalEdit", "Fail")} keeps it and fails the {words.Run}.",
            $"Delete the file to get the origin's image again, or set {words.Option("OnLocalEdit")} to Restore or Keep.")
        {
            OptionsFailIt = true,
            TellsOfTheCopy = true,
        };

    public static Problem EditReplaced(Wording words, string edit, string keptAt) =>
        new(LocalFileEdited, $"the local file {edit}, and the origin's image has replaced it; the edited bytes are in {keptAt}.",
            $"To keep edits, set {words.Option("OnLocalEdit")} to Keep. If nobody edited the file, another project may write it, too.");

    public static Problem WrittenByAnother(Wording words, string project) =>
        new(WrittenByAnotherProject,
            $"the project {project} in the same folder syncs this file, too, and each of the two overwrites the other's image.",
            $"Give each a {words.LocalPath} of its own, or declare the image in one of the projects.");

    /// <param name="words">Those of whoever reads.</param>
    /// <param name="cause">What the system says.</param>
    /// <param name="obstacle">What is in the way; null for nothing that was found.</param>
    public static Problem NotWritten(Wording words, string cause, PathObstacle? obstacle = null) => obstacle switch
    {
        { IsFolder: true } => new(LocalFileNotWritten, $"the local file could not be written: \"{obstacle.LocalPath}\" is a folder.",
            $"If the image belongs in the folder, end the {words.LocalPath} with a slash: \"{obstacle.LocalPath}/\". "
                + "Otherwise give it another name, or delete the folder."),
        { IsFolder: false } => new(LocalFileNotWritten,
            $"the local file could not be written: \"{obstacle.LocalPath}\" is a file where a folder is needed.",
            $"Delete that file, or give the image a {words.LocalPath} in another folder."),
        null => new(LocalFileNotWritten, $"the local file could not be written ({cause.TrimEnd('.')}).",
            "Check that the folder is writable, that no program holds the file open, and that the disk is not full."),
    };

    /// <param name="lockFile">The file.</param>
    /// <param name="cause">What the system says, or who holds it.</param>
    /// <param name="isHeld">Whether another build is at it.</param>
    public static Problem LockFileUnsaved(string lockFile, string cause, bool isHeld) => isHeld
        ? new(LocalFileNotWritten, $"the lock file {lockFile} could not be updated: {cause}.",
            "The images are up to date. Sync again before you commit.") { TellsOfTheCopy = true }
        : new(LocalFileNotWritten, $"the lock file {lockFile} could not be written ({cause.TrimEnd('.')}).",
            "The images are up to date. Check that the folder is writable; the next sync tries again.") { TellsOfTheCopy = true };

    public static Problem CacheUnsaved(Wording words, string file, string cause, int records) =>
        new(CacheNotSaved, $"the validator cache {file} could not be saved ({cause.TrimEnd('.')}).",
            FormattableString.Invariant($"The images are up to date, but the next {words.Run} asks for {records:N0} of them in full."));

    public static Problem LockFileNotReadable(Wording words, string lockFile, string cause, bool isOfSomethingElse = false) =>
        new(LockFileUnreadable, $"the lock file {lockFile} {cause}. Nothing was requested, and nothing was written.",
            isOfSomethingElse ? $"It does not look like a lock file of ImageSync: set {words.Option("LockFile")} to another file."
                : $"In a merge conflict take either side; otherwise delete the file. Then run: {words.CreateLockFile(lockFile)}");

    public static Problem ReportUnwritten(Wording words, string option, string file, string cause) =>
        new(ReportNotWritten, $"{words.Option(option)} could not be written to {file} ({cause.TrimEnd('.')}).",
            "The images are not affected. Check that the path is that of a file, in a folder that exists and is writable.");

    public static Problem StoreUnusable(Wording words, string folder, string cause) =>
        new(StoreNotUsed, $"the shared store {folder} could not be used ({cause.TrimEnd('.')}).",
            "The images are not affected. "
                + $"Check that {words.Option("Store")} names a folder, that it is writable, and that its disk is not full.");

    private static string Kept(Wording words) => $"{words.Given("OnLocalEdit", "Keep")} keeps it.";
}

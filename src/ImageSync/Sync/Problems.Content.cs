using ImageSync.Http;
using ImageSync.Images;
using ImageSync.Storage;
using static ImageSync.Sync.DiagnosticCode;

namespace ImageSync.Sync;

/// <summary>The codes 3xxx: the bytes are not those that were expected.</summary>
internal static partial class Problems
{
    /// <param name="words">Those of whoever reads.</param>
    /// <param name="url">Where the bytes come from.</param>
    /// <param name="verdict">What they are, and in what they differ from what was promised.</param>
    public static Problem WrongMedia(Wording words, TargetUri url, MediaVerdict verdict) =>
        new(NotThePromisedMedia, $"what {url.Redacted} sent {verdict.Problem}.",
            verdict.IsDamaged
                ? $"Open the URL in a browser. If the image is good, {words.AcceptAsItIs}; otherwise its origin has to repair it."
            : verdict.Advice ?? $"Check the URL. {words.DeclareOtherFile}");

    public static Problem UnknownCoding(TargetUri url, string coding) =>
        new(NotThePromisedMedia,
            $"{url.Redacted} sent the image in the content coding \"{coding}\", which was not asked for.",
            $"The origin has to send it in one that ImageSync can decode ({ContentCoding.ValidValues}), or in none.");

    public static Problem WrongDigest(TargetUri url, string expected, string actual) =>
        new(DigestMismatch, $"what {url.Redacted} sent has the SHA-256 {actual}, but Sha256 is {expected}.",
            "If you want the new image, put its digest into Sha256.");

    /// <summary>A local file that is not the pinned one, where nobody may be asked for another.</summary>
    public static Problem NotPinned(Wording words, string expected, StoredImage stored) =>
        new(DigestMismatch,
            $"the local file {Is(stored)}, but Sha256 is {expected}, and ImageSync is offline ({words.Option("Offline")}).",
            stored.IsGitLfsPointer ? $"{Pull}, or sync once with a connection."
                : "Sync once with a connection; or, if the local file is the image that you want, put its digest into Sha256.")
        {
            TellsOfTheCopy = true,
        };

    /// <summary>An edit that is to stay, and may not.</summary>
    /// <param name="words">Those of whoever reads.</param>
    /// <param name="edit">What is said of it (<see cref="LocalEdit"/>).</param>
    /// <param name="expected">The item's digest.</param>
    /// <param name="actual">The file's; null where it cannot be read.</param>
    public static Problem EditNotPinned(Wording words, string edit, string expected, string? actual) =>
        new(DigestMismatch,
            $"the local file {edit} and {Has(actual)}, but Sha256 is {expected}. {Kept(words)}",
            "Delete the file to get the origin's image again; or, if the edited file is the image that you want, "
                + "put its digest into Sha256.")
        {
            TellsOfTheCopy = true,
        };

    public static Problem Larger(Wording words, TargetUri url, long? length, long maxBytes)
    {
        var limit = words.OfImageOrRun("MaxBytes");
        var sent = length is null ? "" : $"{length} bytes, ";
        return new(TooLarge,
            FormattableString.Invariant($"{url.Redacted} sends {sent}more than the {maxBytes} bytes that are allowed."),
            $"If the image is meant to be that large, raise {limit}.");
    }

    public static Problem NoLockFile(Wording words, string? lockFile) => lockFile is null
        ? new(NotTheLockedBytes,
            $"{words.Option("Locked")} needs a lock file, and {words.Option("LockFile")} names none.",
            $"Set {words.Option("LockFile")}, and create the file with: {words.CreateLockFile(lockFile)}")
        : new(NotTheLockedBytes,
            $"{words.Option("Locked")} needs the lock file {lockFile}, which does not exist.",
            $"Create it, and commit it, with: {words.CreateLockFile(lockFile)}");

    public static Problem NotLocked(Wording words, string localPath) =>
        new(NotTheLockedBytes, $"the lock file does not name this image, and {words.Option("Locked")} accepts no others.",
            ToAccept(words, localPath));

    public static Problem LockedForAnotherUrl(Wording words, string localPath, string lockedUrl) =>
        new(NotTheLockedBytes,
            $"the lock file names the bytes of another URL, {UrlRedaction.Redact(lockedUrl)}, and {words.Option("Locked")} accepts "
                + "no others.",
            ToAccept(words, localPath));

    public static Problem PinnedToOthers(Wording words, string localPath, string locked, string pinned) =>
        new(NotTheLockedBytes, $"Sha256 is {pinned}, but the lock file names the SHA-256 {locked}.", ToAccept(words, localPath));

    /// <summary>A local file that is not the locked one.</summary>
    /// <param name="words">Those of whoever reads.</param>
    /// <param name="locked">The digest that the lock file names.</param>
    /// <param name="stored">The file.</param>
    /// <param name="localPath">Where it is.</param>
    public static Problem HoldsOthers(Wording words, string locked, StoredImage stored, string localPath)
    {
        var cause = $"the local file {Is(stored)}, but the lock file names the SHA-256 {locked}.";
        return stored switch
        {
            { IsGitLfsPointer: true } => new(NotTheLockedBytes, $"{cause} The file was left alone.",
                $"{Pull}, or delete the pointer to fetch the locked bytes."),
            { State: FileState.LineEndsDiffer } => new(NotTheLockedBytes, $"{cause} Git has changed its line ends "
                + "(core.autocrlf, or text=auto in .gitattributes). The file was left alone.",
                $"Add the line \"*{Path.GetExtension(localPath)} -text\" to .gitattributes, delete the file, sync again, "
                    + "and commit both."),
            _ => new(NotTheLockedBytes, $"{cause} The file was left alone.",
                $"Restore it from the repository, or delete it to fetch the locked bytes. {ToAccept(words, localPath)}"),
        };
    }

    public static Problem ReceivedOthers(Wording words, TargetUri url, string localPath, string locked, string received) =>
        new(NotTheLockedBytes,
            $"what {url.Redacted} sent has the SHA-256 {received}, but the lock file names the SHA-256 {locked}. Nothing was written.",
            ToAccept(words, localPath));

    public static Problem WrongExtension(Wording words, string mediaType, string localPath, string fitting) =>
        new(ExtensionDoesNotFit, $"the image is {mediaType}, but its extension is {Path.GetExtension(localPath)}.",
            $"Browsers and tools rely on the extension: write a {words.LocalPath} that fits, such as \"{fitting}\".");

    public static Problem NoExtension(Wording words, string mediaType, string fitting, bool hasNameOfUrl) =>
        new(ExtensionDoesNotFit, $"the image is {mediaType}, but its name has no extension, and web servers rely on it.",
            $"Write the {words.LocalPath} \"{fitting}\"" + (hasNameOfUrl ? "." : "; or end it with a slash if you mean a folder."));

    private const string Pull = "Run \"git lfs pull\" to get the file itself";

    private static string ToAccept(Wording words, string localPath) =>
        $"To accept the origin's image, run: {words.Accept(localPath)}";

    // What the file is says more than its digest.
    private static string Is(StoredImage stored) => stored.IsGitLfsPointer ? "is a Git LFS pointer" : Has(stored.Sha256);

    private static string Has(string? digest) => digest is null ? "cannot be read" : "has the SHA-256 " + digest;
}

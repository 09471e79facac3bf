using System.Globalization;
using ImageSync.Http;
using ImageSync.Images;
using ImageSync.Storage;
using static ImageSync.Sync.DiagnosticCode;

namespace ImageSync.Sync;

/// <summary>Every problem that a person can be told of: code, cause and advice side by side.</summary>
internal static class Problems
{
    private const string PathAdvice = "Give a LocalPath such as \"wwwroot/img/logo.png\": a file below the project's directory.";
    private const string Acceptance = "To have it done: dotnet build -t:SyncImages";
    private const string Unlocked = "dotnet build -t:SyncImages -p:ImageSyncLocked=false";
    private const string Pull = "Run \"git lfs pull\", which puts the file itself in its place";
    private const string LockAcceptance = "If the origin's image is wanted, accept it with: " + Unlocked;

    public static Problem NotAUrl(string shownUrl, string problem) =>
        new(NotAnHttpUrl, $"the URL \"{shownUrl}\" {problem}.", problem.Contains("credentials", StringComparison.Ordinal)
            ? "Remove them from the URL and send them as a header instead: RequestHeaders=\"Authorization: Bearer ${TOKEN}\"."
            : $"Give {TargetUri.ValidValues}, as Include or as Url.");

    public static Problem LocalPathInvalid(string localPath, PathFault fault) =>
        new(InvalidLocalPath, $"the LocalPath \"{localPath}\" {fault.Clause}.", fault switch
        {
            { Relative: { } relative } => Without(fault.Beginning, relative),
            { IsFolder: true } => $"With a slash at its end, \"{localPath}/\", the URL gives the file's name.",
            _ => PathAdvice,
        });

    public static Problem DirectoryInvalid(string directory, PathFault fault) =>
        new(InvalidLocalPath, $"the folder \"{directory}\", which ImageSyncDirectory names, {fault.Clause}.",
            fault.Relative is { } relative ? Without(fault.Beginning, relative)
            : "Give ImageSyncDirectory a folder below the project's directory, such as \"images/\", or the item a LocalPath.");

    public static Problem NameInvalid(string name, string clause) =>
        new(InvalidLocalPath, $"the name \"{name}\", taken from the URL, {clause}.", PathAdvice);

    public static Problem NamelessUrl(bool hasNoLocalPath) =>
        new(InvalidLocalPath,
            $"the URL's path ends without a file name, and the {(hasNoLocalPath ? "item has no LocalPath" : "LocalPath gives none")}.",
            PathAdvice);

    /// <summary>Evaluation cannot tell octets from characters, so its name may be another; the build would look for that one.</summary>
    public static Problem NamedOtherwise(string evaluated, string name) =>
        new(InvalidLocalPath, $"the URL names its file \"{name}\", which evaluation could not tell from \"{evaluated}\".",
            "Give the item a LocalPath such as \"wwwroot/img/logo.png\".");

    public static Problem NotTheNameOfAnImage(string localPath, bool isOfUrl, NameOrigin origin, MediaRange mediaType)
    {
        var extension = Path.GetExtension(localPath);
        var end = extension switch
        {
            _ when Path.GetFileName(localPath).Equals("wwwroot", StringComparison.OrdinalIgnoreCase) =>
                "is that of the folder which a web project serves; with a slash at its end it is a folder",
            "" => "has no extension, and tools or servers may obey a file of that name",
            _ => $"ends in \"{extension}\", which is not the extension of an image",
        };
        if (origin == NameOrigin.List)
        {
            var cause = isOfUrl
                ? $"the name \"{Path.GetFileName(localPath)}\", taken from the URL, {end}."
                : $"the path \"{localPath}\" {end}.";
            return new(InvalidLocalPath, cause, "Give a path with an image's extension: a list has images only. "
                + "Declare other files as RemoteImage items of a project.");
        }

        return isOfUrl
            ? new(InvalidLocalPath, $"the name \"{Path.GetFileName(localPath)}\", taken from the URL, {end}.",
                mediaType.IsImages ? "Give the item a LocalPath that ends in an image's extension, such as \"images/photo.png\"."
                : $"Give the item the LocalPath that you want: \"{localPath}\" is taken if you write it yourself.")
            : new(InvalidLocalPath, $"the LocalPath \"{localPath}\" {end}.",
                "Give a LocalPath with an image's extension, or with none. "
                + $"To keep this one, write another MediaType than {mediaType}, such as */*, which takes any bytes.");
    }

    public static Problem ClaimedTwice(string otherUrl) =>
        new(LocalPathClaimedTwice, $"another item, {otherUrl}, has the same local path (letter case is ignored).",
            "Give each item a LocalPath of its own, or remove one of them.");

    public static Problem PlaceOfTheList(string localPath) =>
        new(InvalidLocalPath, $"the LocalPath \"{localPath}\" is that of the list itself.", "Give the image a LocalPath of its own.");

    public static Problem ClaimedAsFolder(string localPath, string otherUrl, string otherLocalPath) =>
        new(LocalPathClaimedTwice,
            $"the LocalPath \"{localPath}\" names a file, and another item, {otherUrl}, needs a folder there for its \"{otherLocalPath}\".",
            $"If the folder is meant, end it with a slash: LocalPath=\"{localPath}/\". Otherwise give one of them another place.");

    public static Problem Invalid(string kind, string name, string value, string valid) =>
        new(InvalidValue, $"the {kind} {name} is \"{value}\", which is not valid.", $"Valid is {valid}.");

    /// <summary>A place that is another file's: writing there would cost that file.</summary>
    public static Problem PlaceTaken(string property, string value, string whose) =>
        new(InvalidValue, $"the property {property} is \"{value}\", and that is {whose}.",
            "Nothing was written. Give the property a place of its own.");

    /// <summary>A type that no bytes would be found to be of, whatever the origin sends.</summary>
    public static Problem UnknownImageType(string mediaType)
    {
        var meant = ImageFormat.MediaTypeMeant(mediaType)
            ?? SpellingCorrection.Closest(mediaType, [.. ImageFormat.All.Select(format => format.MediaType)]);
        return new(InvalidValue,
            $"the metadata MediaType is \"{mediaType}\", which is no type of image that ImageSync can tell from others.",
            (meant is null ? "" : $"Is {meant} meant? ")
                + "Valid is image/* for any image, the type of a format that ImageSync knows, such as image/png, or */* for any bytes.");
    }

    public static Problem InvalidHeaders(string problem) =>
        new(InvalidValue, $"the metadata RequestHeaders {problem}.", $"Valid are {RequestHeaders.ValidValues}.");

    public static Problem SecretInClear(TargetUri mirror) =>
        new(InvalidValue,
            $"RequestHeaders names an environment variable for an https URL, and ImageSyncMirror has {mirror.Redacted} asked in its "
                + "place, where the secret would go in clear.",
            "Give the mirror by https, or have ImageSyncMirror map this URL to itself.");

    public static Problem NoVariable(string variable) =>
        new(VariableNotSet,
            $"RequestHeaders names the environment variable {variable}, which is not set.",
            $"Set {variable} for the build, or remove it from RequestHeaders.");

    public static Problem UnsendableVariable(string variable) =>
        new(VariableNotSet,
            $"the environment variable {variable}, which RequestHeaders names, holds a line break or another character "
                + "that no header may hold.",
            $"Set {variable} without it.");

    public static Problem InvalidLimit(string variable, string valid) =>
        new(InvalidValue,
            $"the environment variable {variable}, by which whoever runs this build limits what projects may do, is not valid.",
            $"Valid is {valid}. Without the variable there is no limit; a project cannot lift it.");

    public static Problem NotAllowed(HostRefusal refusal) => refusal.List == HostRefusal.Project
        ? new(HostNotAllowed,
            $"the host {refusal.Host} is not among ImageSyncAllowedHosts.",
            $"Add {refusal.Host} to ImageSyncAllowedHosts if it may be contacted.")
        : new(HostNotAllowed,
            $"the host {refusal.Host}{(refusal.InPlaceOf is { } origin ? $", which ImageSyncMirror has asked in place of {origin}," : "")} "
                + $"is not among those that whoever runs this build allows, by the environment variable {refusal.List}.",
            $"If it may be contacted, whoever runs the build adds {refusal.Host} to {refusal.List}; a project cannot.");

    public static Problem NotForThisHost(string variable, string host) =>
        new(VariableNotSet,
            $"RequestHeaders names the environment variable {variable}, and whoever runs this build does not let its value go to {host}, "
                + $"by the environment variable {OwnerLimits.VariablesVariable}.",
            $"Remove {variable} from RequestHeaders; or, if {host} may have it, "
                + $"whoever runs the build adds {variable}@{host} to {OwnerLimits.VariablesVariable}.");

    public static Problem UrlCut(string shownUrl, string advice) =>
        new(NameNotKnown, $"what follows the # of a URL is not sent, so {shownUrl} is asked for.", advice);

    public static Problem NotReached(TargetUri url, TransportFailure failure, int attempts) =>
        new(OriginNotReached, $"{url.Redacted} could not be fetched: {failure.Cause}{Tries(attempts)}.", Proxies.AdviceOn(failure))
        {
            CommonCause = failure is { IsOfProxy: true, Route: { } route }
                ? new CommonCause($"the proxy {route.Proxy}", failure.RootCause)
                : new CommonCause(url.ShownOrigin, $"could not be asked: {failure.RootCause}"),
        };

    public static Problem BodyDamaged(TargetUri url, string cause, int attempts) =>
        new(OriginNotReached, $"{url.Redacted} sent a damaged body ({cause}){Tries(attempts)}.", "The next build tries again.");

    public static Problem Overloaded(TargetUri url, ResponseHead head, int attempts) =>
        new(
            OriginOverloaded,
            $"{url.Redacted} answered {Status(head)}{Tries(attempts)}.",
            head.Route is { } route
                ? "The origin, or the proxy on the way to it, is overloaded or broken at the moment: "
                    + $"check {route.Variable} and NO_PROXY; the next build tries again."
                : "The origin is overloaded or broken at the moment; the next build tries again.")
        {
            CommonCause = new CommonCause(url.ShownOrigin, $"answered {Status(head)}"),
        };

    public static Problem LeftAlone(TargetUri url, DateTimeOffset until) =>
        new(OriginOverloaded,
            $"{url.Redacted} was not asked: its origin asked for no requests before "
                + $"{until.ToString("u", CultureInfo.InvariantCulture)} (Retry-After).",
            "A later build asks again; ImageSyncForce asks now.");

    public static Problem Refused(TargetUri url, ResponseHead head) => head is { StatusCode: 407, Route: { } route }
        ? new(RefusedByOrigin, $"the proxy {route.Proxy} answered {StatusAlone(head)} for {url.Redacted}.", Proxies.Credentials(route))
        {
            CommonCause = new CommonCause($"the proxy {route.Proxy}", $"answered {StatusAlone(head)}"),
        }
        : new(RefusedByOrigin, $"{url.Redacted} answered {Status(head)}.", AdviceOnRefusal(head))
        {
            // Who may not come in is refused everything; what is not there is one image's matter.
            CommonCause = head.StatusCode is 401 or 403 or 407 ? new CommonCause(url.ShownOrigin, $"answered {Status(head)}") : null,
        };

    private static string AdviceOnRefusal(ResponseHead head)
    {
        var advice = head.StatusCode switch
        {
            407 => "It wants a proxy's credentials, and no proxy that this build knows of has asked for them: ask who runs the origin.",
            401 or 403 => "If it needs credentials, give them by RequestHeaders; if the URL is signed, its signature may have expired.",
            404 => "Check the URL; if the image is gone for good, remove the item.",
            410 => "The origin says that the image is gone for good: remove the item, or give another URL.",
            _ => "Check the URL.",
        };
        return head.Route is null ? advice
            : $"{advice} If it is the proxy that refuses, exempt the host from it (NO_PROXY), or ask who runs it.";
    }

    public static Problem Unusable(TargetUri url, string cause) =>
        new(UnusableAnswer,
            $"{url.Redacted} gave an answer that cannot be used: {cause}.",
            "Only a 200 with the whole image, or a 304, will do; open the URL in a browser to see what it sends.");

    public static Problem RedirectNotFollowed(TargetUri url, string reason) =>
        new(RedirectRefused,
            $"{url.Redacted} redirects, and the redirect was not followed: {reason}.",
            "Give the URL that the image really has.");

    public static Problem Offline() =>
        new(OfflineWithoutCopy, "ImageSyncOffline is true, so no request was made.", "Build once with a connection, or commit the file.");

    public static Problem WouldReplace(TargetUri url, string reason, bool fails) =>
        new(WouldChange, $"a sync with {url.Redacted} would replace the local file: {reason}.", Acceptance) { OptionsFailIt = fails };

    public static Problem WouldAdd(TargetUri url, bool fails) =>
        new(WouldChange, $"there is no local file; a sync would fetch it from {url.Redacted}.", Acceptance) { OptionsFailIt = fails };

    public static Problem WrongMedia(TargetUri url, string problem, string? advice = null) =>
        new(NotThePromisedMedia, $"what {url.Redacted} sent {problem}.",
            advice ?? "Check the URL; if the item is not meant to be an image, give its MediaType (\"*/*\" accepts anything).");

    public static Problem UnknownCoding(TargetUri url, string coding) =>
        new(NotThePromisedMedia,
            $"{url.Redacted} sent it in the content coding \"{coding}\", which was not asked for.",
            $"Only {ContentCoding.ValidValues} can be undone; the origin has to send it plain.");

    public static Problem WrongDigest(TargetUri url, string expected, string actual) =>
        new(DigestMismatch,
            $"what {url.Redacted} sent has the SHA-256 {actual}, but the item's Sha256 is {expected}.",
            "If the new image is wanted, put its digest into Sha256.");

    /// <summary>A local file that is not the pinned one, where nobody may be asked for another.</summary>
    public static Problem NotPinned(string expected, StoredImage stored) =>
        new(DigestMismatch,
            $"the local file {Is(stored)}, but the item's Sha256 is {expected}; ImageSyncOffline is true, so no request was made.",
            stored.IsGitLfsPointer ? $"{Pull}, or build once with a connection."
                : "Build once with a connection. If the local file is the image that you want, put its digest into Sha256.")
        {
            TellsOfTheCopy = true,
        };

    /// <summary>An edit that is to stay, and may not.</summary>
    /// <param name="edit">What is said of it (<see cref="LocalEdit"/>).</param>
    /// <param name="expected">The item's digest.</param>
    /// <param name="actual">The file's; null where it cannot be read.</param>
    public static Problem EditNotPinned(string edit, string expected, string? actual) =>
        new(DigestMismatch,
            $"the local file {edit} and {Has(actual)}, but the item's Sha256 is {expected}; "
                + "ImageSyncOnLocalEdit is Keep, so it was left alone.",
            "Delete the file to get the origin's image again. If the edited file is the image that you want, put its digest into Sha256.")
        {
            TellsOfTheCopy = true,
        };

    public static Problem Larger(TargetUri url, long? length, long maxBytes)
    {
        var sent = length is null ? "" : $"{length} bytes, ";
        return new(TooLarge,
            FormattableString.Invariant($"{url.Redacted} sends {sent}more than the {maxBytes} bytes that MaxBytes allows."),
            "If that is right, raise MaxBytes of the item or ImageSyncMaxBytes.");
    }

    public static Problem WrongExtension(string mediaType, string localPath, string fitting) =>
        new(ExtensionDoesNotFit, $"the bytes are {mediaType}, which the extension {Path.GetExtension(localPath)} does not say.",
            $"Browsers and tools go by the extension: give a LocalPath that ends as the format does, such as \"{fitting}\".");

    public static Problem NoExtension(string mediaType, string fitting, bool hasNameOfUrl) =>
        new(ExtensionDoesNotFit, $"the bytes are {mediaType}, and the name has no extension that says so.",
            $"Web servers go by the extension, and answer 404 or send bytes of no type without one: give the LocalPath \"{fitting}\""
                + (hasNameOfUrl ? "." : ", or end it in a slash if it is meant for a folder."));

    public static Problem Edited(string outcome, string advice) => new(LocalFileEdited, outcome, advice);

    public static Problem EditKept(string edit) =>
        Edited($"the local file {edit}; ImageSyncOnLocalEdit is Keep, so it was left alone.",
            "Delete the file to get the origin's image again.");

    public static Problem EditRefused(string edit) =>
        Edited($"the local file {edit}, and ImageSyncOnLocalEdit is Fail, so it was left alone.",
            "Delete the file, or set ImageSyncOnLocalEdit to Restore or Keep.")
            with { OptionsFailIt = true, TellsOfTheCopy = true };

    public static Problem EditReplaced(string edit, string keptAt) =>
        Edited($"the local file {edit}, and was replaced by the origin's image; its bytes are in {keptAt}.",
            "Set ImageSyncOnLocalEdit to Keep if edits are meant to stay. "
                + "If nobody has edited it, another project may write the same file.");

    public static Problem WrittenByAnother(string project) =>
        new(WrittenByAnotherProject,
            $"the project {project} in the same folder keeps this file in step, too, "
                + "so each of the two replaces what the other has written.",
            "Give the two items different LocalPaths, or declare the image in one of the projects.");

    public static Problem NoLockFile(string? lockFile) => lockFile is null
        ? new(NotTheLockedBytes,
            "ImageSyncLocked is true, but there is no ImageSyncLockFile.",
            "Set ImageSyncLockFile to the path of a lock file, and make it with: " + Unlocked)
        : new(NotTheLockedBytes,
            $"ImageSyncLocked is true, but the lock file {lockFile} does not exist.",
            "Make it, and commit it, with: " + Unlocked);

    public static Problem NotLocked() =>
        new(NotTheLockedBytes, "ImageSyncLocked is true, and the lock file names no bytes for it.", LockAcceptance);

    public static Problem LockedForAnotherUrl(string lockedUrl) =>
        new(NotTheLockedBytes,
            $"ImageSyncLocked is true, and the lock file names bytes of another URL, {UrlRedaction.Redact(lockedUrl)}.",
            LockAcceptance);

    public static Problem PinnedToOthers(string locked, string pinned) =>
        new(NotTheLockedBytes, $"the item's Sha256 is {pinned}, but the lock file names the SHA-256 {locked}.", LockAcceptance);

    /// <summary>A local file that is not the locked one.</summary>
    /// <param name="locked">The digest that the lock file names.</param>
    /// <param name="stored">The file.</param>
    /// <param name="localPath">Where it is.</param>
    public static Problem HoldsOthers(string locked, StoredImage stored, string localPath)
    {
        var cause = $"the local file {Is(stored)}, but the lock file names the SHA-256 {locked}.";
        return stored switch
        {
            { IsGitLfsPointer: true } => new(NotTheLockedBytes, $"{cause} The file was left alone.",
                $"{Pull}, or delete the pointer to fetch the locked bytes."),
            { State: FileState.LineEndsDiffer } => new(NotTheLockedBytes, $"{cause} The two differ in their line ends alone, "
                + "which Git has changed (core.autocrlf, or text=auto in .gitattributes). The file was left alone.",
                $"Add the line \"*{Path.GetExtension(localPath)} -text\" to .gitattributes, delete the file, build, and commit both."),
            _ => new(NotTheLockedBytes, $"{cause} The file was left alone.",
                "Restore it from the repository, or delete it to fetch the locked bytes. " + LockAcceptance),
        };
    }

    public static Problem ReceivedOthers(TargetUri url, string locked, string received) =>
        new(NotTheLockedBytes,
            $"what {url.Redacted} sent has the SHA-256 {received}, but the lock file names the SHA-256 {locked}. Nothing was written.",
            LockAcceptance);

    public static Problem LockFileNotReadable(string lockFile, string cause, bool isOfSomethingElse = false) =>
        new(LockFileUnreadable, $"the lock file {lockFile} {cause}. No image was asked for, and nothing was written.",
            isOfSomethingElse ? "It does not look like a lock file of ImageSync: have ImageSyncLockFile name another."
                : "In a merge conflict take either side; or delete the file. Then run: dotnet build -t:SyncImages");

    /// <param name="lockFile">The file.</param>
    /// <param name="cause">What the system says, or who holds it.</param>
    /// <param name="isHeld">Whether another build is at it.</param>
    public static Problem LockFileUnsaved(string lockFile, string cause, bool isHeld) => isHeld
        ? new(LocalFileNotWritten, $"the lock file {lockFile} could not be brought up to date: {cause}.",
            "The images are. Run the sync again once that build has ended, and before you commit.") { TellsOfTheCopy = true }
        : new(LocalFileNotWritten, $"the lock file {lockFile} could not be written ({cause.TrimEnd('.')}).",
            "The images are up to date. Check that the folder is writable; the next sync tries again.") { TellsOfTheCopy = true };

    /// <param name="cause">What the system says.</param>
    /// <param name="obstacle">What is in the way; null for nothing that was found.</param>
    public static Problem NotWritten(string cause, PathObstacle? obstacle = null) => obstacle switch
    {
        { IsFolder: true } => new(LocalFileNotWritten, $"the local file could not be written: \"{obstacle.LocalPath}\" is a folder.",
            $"If the image belongs into the folder, end the LocalPath with a slash: \"{obstacle.LocalPath}/\". "
                + "Otherwise give it another name, or delete the folder."),
        { IsFolder: false } => new(LocalFileNotWritten,
            $"the local file could not be written: \"{obstacle.LocalPath}\" is a file, and a folder is needed there.",
            "Delete the file, which may be left of an item that had it as its LocalPath, or give the item a LocalPath in another folder."),
        null => NotWritten(cause),
    };

    private static Problem NotWritten(string cause) =>
        new(LocalFileNotWritten,
            $"the local file could not be written ({cause.TrimEnd('.')}).",
            "Check that the folder is writable, that nothing else holds the file open, and that the disk is not full.");

    /// <summary>An exception that nobody foresaw: its type and the method that it comes from are what a report needs.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="secrets">What nobody is told: the exception may quote an origin.</param>
    public static Problem NotForeseen(Exception exception, Secrets secrets) => new(
        Unforeseen,
        $"ImageSync did not foresee this: {exception.GetType().Name} in {Origin(exception)} "
        + $"({secrets.Conceal(exception.Message).TrimEnd('.')}).",
        "The other images are not affected. Please report this line as a bug of ImageSync.");

    // "   at ImageSync.Http.Freshness.Of(ResponseHead head, …) in …": code that is compiled ahead has this text, and no methods to ask.
    private static string Origin(Exception exception) =>
        exception.StackTrace?.Split('\n')[0].Trim().Split('(')[0].Split(' ')[^1] is { Length: > 0 } method ? method : "an unknown place";

    public static Problem CacheUnsaved(string file, string cause, int records) => new(
        CacheNotSaved,
        $"the validator cache {file} could not be saved ({cause.TrimEnd('.')}).",
        FormattableString.Invariant($"Images are up to date, but what this build has learned of {records:N0} of them is lost: ")
        + "the next one asks for those in full.");

    public static Problem ReportUnwritten(string property, string file, string cause) =>
        new(ReportNotWritten,
            $"{property} could not be written to {file} ({cause.TrimEnd('.')}).",
            "Images are as they should be; check that the place exists, is writable, and is a file's.");

    public static Problem StoreUnusable(string folder, string cause) =>
        new(StoreNotUsed,
            $"the shared store {folder} could not be used ({cause.TrimEnd('.')}).",
            "Images are as they should be without it; "
                + "check that ImageSyncStore names a folder, that it is writable, and that its disk is not full.");

    private static string Without(string beginning, string relative) => relative == "./" ? "The project's own directory is \"./\"."
        : $"Without {beginning} at its beginning it is below the project's directory: \"{relative}\".";

    // What the file is says more than its digest.
    private static string Is(StoredImage stored) => stored.IsGitLfsPointer ? "is a Git LFS pointer" : Has(stored.Sha256);

    private static string Has(string? digest) => digest is null ? "cannot be read" : "has the SHA-256 " + digest;

    // Nothing in an answer in clear says for sure who has made it.
    private static string Status(ResponseHead head) =>
        StatusAlone(head) + (head.Route is { } route ? $" (through the proxy {route.Proxy}, which may have said so itself)" : "");

    private static string StatusAlone(ResponseHead head) =>
        FormattableString.Invariant($"{head.StatusCode}{(string.IsNullOrEmpty(head.Reason) ? "" : " " + head.Reason)}");

    private static string Tries(int attempts) => attempts > 1 ? FormattableString.Invariant($" ({attempts} attempts)") : "";
}

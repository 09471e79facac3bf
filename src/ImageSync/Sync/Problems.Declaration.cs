using ImageSync.Http;
using ImageSync.Images;
using ImageSync.Storage;
using static ImageSync.Sync.DiagnosticCode;

namespace ImageSync.Sync;

/// <summary>
/// Every problem that a person can be told of: code, cause and advice side by side, in the reader's words. A cause is a clause that
/// follows the image's name, an advice is a sentence. This part has the codes 1xxx: what is declared is not valid.
/// </summary>
internal static partial class Problems
{
    public static Problem NotAUrl(Wording words, string shownUrl, string problem) =>
        new(NotAnHttpUrl, $"the URL \"{shownUrl}\" {problem}.", problem.Contains("credentials", StringComparison.Ordinal)
            ? $"Remove them from the URL, and {words.SendCredentials}."
            : $"Write {TargetUri.ValidValues}.");

    public static Problem LocalPathInvalid(Wording words, string localPath, PathFault fault) =>
        new(InvalidLocalPath, $"the {words.LocalPath} \"{localPath}\" {fault.Clause}.", fault switch
        {
            { Relative: { } relative } => Without(words, fault.Beginning, relative),
            { IsFolder: true } => $"If you mean a file in that folder, end the {words.LocalPath} with a slash: \"{localPath}/\".",
            _ => OtherPath(words),
        });

    public static Problem DirectoryInvalid(Wording words, string directory, PathFault fault) =>
        new(InvalidLocalPath, $"the folder \"{directory}\" ({words.Option("Directory")}) {fault.Clause}.",
            fault.Relative is { } relative ? Without(words, fault.Beginning, relative)
            : $"Set {words.Option("Directory")} to a folder below {words.Folder}, such as \"images/\".");

    public static Problem NameInvalid(Wording words, string name, string clause) =>
        new(InvalidLocalPath, $"the URL's file name \"{name}\" {clause}.", OtherPath(words));

    public static Problem NamelessUrl(Wording words, bool hasNoLocalPath) =>
        new(InvalidLocalPath,
            "the URL's path ends without a file name, and the "
                + (hasNoLocalPath ? $"{words.Declaration} has no {words.LocalPath}." : $"{words.LocalPath} is a folder."),
            OtherPath(words));

    /// <summary>Evaluation cannot tell octets from characters, so its name may be another; the build would look for that one.</summary>
    public static Problem NamedOtherwise(Wording words, string evaluated, string name) =>
        new(InvalidLocalPath, $"the URL's file name is \"{name}\", but MSBuild reads it as \"{evaluated}\".", OtherPath(words));

    public static Problem NotTheNameOfAnImage(Wording words, string localPath, bool isOfUrl, NameOrigin origin, MediaRange mediaType)
    {
        var name = Path.GetFileName(localPath);
        var clause = Path.GetExtension(localPath) switch
        {
            _ when name.Equals("wwwroot", StringComparison.OrdinalIgnoreCase) =>
                "is that of the folder which a web project serves; if you mean a file in it, add a slash",
            "" => "has no extension, and some tools and servers obey files of such names",
            var extension => $"ends in \"{extension}\", which is not an image extension",
        };
        var cause = isOfUrl ? $"the URL's file name \"{name}\" {clause}." : $"the {words.LocalPath} \"{localPath}\" {clause}.";
        return new(InvalidLocalPath, cause, (origin, isOfUrl, mediaType.IsImages) switch
        {
            (NameOrigin.List, _, _) => $"Write a path with an image extension. {Wording.List.DeclareOtherFile}",
            (_, true, true) => $"Give the {words.Declaration} a {words.LocalPath} with an image extension, such as \"images/photo.png\".",
            (_, true, false) => $"If you want this name, write the {words.LocalPath} yourself: \"{localPath}\".",
            _ => $"Write a {words.LocalPath} with an image extension, or with none. {words.DeclareOtherFile}",
        });
    }

    public static Problem ClaimedTwice(Wording words, string otherUrl) =>
        new(LocalPathClaimedTwice, $"the {words.Declaration} {otherUrl} has the same local path (letter case is ignored).",
            $"Give each {words.Declaration} its own {words.LocalPath}, or remove one.");

    public static Problem PlaceOfTheList(Wording words, string localPath) =>
        new(InvalidLocalPath, $"the {words.LocalPath} \"{localPath}\" is that of the list itself.",
            $"Give the image another {words.LocalPath}.");

    public static Problem ClaimedAsFolder(Wording words, string localPath, string otherUrl, string otherLocalPath) =>
        new(LocalPathClaimedTwice,
            $"the {words.LocalPath} \"{localPath}\" is a file, but the {words.Declaration} {otherUrl} needs a folder there "
                + $"for its \"{otherLocalPath}\".",
            $"If you mean the folder, end the {words.LocalPath} with a slash: \"{localPath}/\". Otherwise change one of the two.");

    public static Problem InvalidMetadatum(string name, string value, string valid) =>
        new(InvalidValue, $"the metadata {name} is \"{value}\", which is not valid.", $"Write {valid}.");

    public static Problem InvalidOption(Wording words, string name, string value, string valid) =>
        new(InvalidValue, $"{words.Setting(name)} is \"{value}\", which is not valid.", $"Write {valid}.");

    /// <summary>A place that is another file's: writing there would cost that file.</summary>
    public static Problem PlaceTaken(Wording words, string option, string value, string whose) =>
        new(InvalidValue, $"{words.Setting(option)} is \"{value}\", and that is {whose}.", "Nothing was written. Name another file.");

    /// <summary>A type that no bytes would be found to be of, whatever the origin sends.</summary>
    public static Problem UnknownImageType(string mediaType)
    {
        var meant = ImageFormat.MediaTypeMeant(mediaType)
            ?? SpellingCorrection.Closest(mediaType, [.. ImageFormat.All.Select(format => format.MediaType)]);
        return new(InvalidValue,
            $"the metadata MediaType is \"{mediaType}\", which is not an image type that ImageSync knows.",
            (meant is null ? "" : $"Did you mean {meant}? ")
                + "Write image/* for any image, the type of a known format such as image/png, or */* for any bytes.");
    }

    public static Problem InvalidHeaders(string problem) =>
        new(InvalidValue, $"the metadata RequestHeaders {problem}.", $"Write {RequestHeaders.ValidValues}.");

    public static Problem SecretInClear(Wording words, TargetUri mirror) =>
        new(InvalidValue,
            $"RequestHeaders names an environment variable, and {words.Option("Mirror")} sends the request to {mirror.Redacted}, "
                + "so that the secret would not be encrypted.",
            $"Use https for the mirror, or map this URL to itself in {words.Option("Mirror")}.");

    public static Problem NoVariable(string variable) =>
        new(VariableNotSet,
            $"RequestHeaders names the environment variable {variable}, which is not set.",
            $"Set {variable}, or remove it from RequestHeaders.");

    public static Problem UnsendableVariable(string variable) =>
        new(VariableNotSet,
            $"the environment variable {variable}, which RequestHeaders names, has a line break or another character "
                + "that no header may have.",
            $"Set {variable} without it.");

    public static Problem InvalidLimit(string variable, string valid) =>
        new(InvalidValue,
            $"the environment variable {variable}, which limits what projects and lists may do, is not valid.",
            $"Write {valid}. Without the variable there is no limit.");

    public static Problem NotAllowed(Wording words, HostRefusal refusal) => refusal.List == HostRefusal.Project
        ? new(HostNotAllowed, $"the host {refusal.Host} is not in {words.Option("AllowedHosts")}.",
            "Add it there if ImageSync may contact it.")
        : new(HostNotAllowed,
            $"the host {refusal.Host}{(refusal.InPlaceOf is { } origin ? $", the mirror of {origin} ({words.Option("Mirror")})," : "")} "
                + $"is not in the environment variable {refusal.List}, which limits what projects and lists may contact.",
            $"If it may be contacted, whoever runs the {words.Run} adds it there.");

    public static Problem NotForThisHost(string variable, string host) =>
        new(VariableNotSet,
            $"RequestHeaders names the environment variable {variable}, whose value may not go to {host}: "
                + $"the environment variable {OwnerLimits.VariablesVariable} does not allow it.",
            $"Remove {variable} from RequestHeaders, or have whoever runs the build add {variable}@{host} "
                + $"to {OwnerLimits.VariablesVariable}.");

    public static Problem UrlCut(string shownUrl, string advice) =>
        new(NameNotKnown, $"what follows the # of a URL is not sent, so ImageSync asks for {shownUrl}.", advice);

    private static string OtherPath(Wording words) =>
        $"Write a {words.LocalPath} below {words.Folder}, such as \"wwwroot/img/logo.png\".";

    private static string Without(Wording words, string beginning, string relative) =>
        relative == "./" ? $"For {words.Folder}, write \"./\"."
        : $"Without {beginning} at its beginning it is below {words.Folder}: \"{relative}\".";
}

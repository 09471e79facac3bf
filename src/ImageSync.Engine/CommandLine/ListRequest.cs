using ImageSync.Engine.Lists;
using ImageSync.Engine.Runs;
using ImageSync.Sync;

namespace ImageSync.Engine.CommandLine;

/// <summary>
/// What a list asks of the engine, as long as no option says otherwise. Pure, but for the question whether there is a lock file.
/// </summary>
internal static class ListRequest
{
    /// <summary>The request.</summary>
    /// <param name="file">The list.</param>
    /// <param name="images">Its images.</param>
    /// <param name="isCheck">Whether nothing is to be written.</param>
    /// <param name="isAsked">Which images the run is about; null for all.</param>
    /// <param name="ofProject">Whether they are a project's: its author may choose any path, a list only what holds images.</param>
    public static RunRequest Of(
        ListFile file, IReadOnlyList<ListedImage> images, bool isCheck = true, Func<RemoteImage, bool>? isAsked = null,
        bool ofProject = false)
    {
        var words = ofProject ? Wording.Project : new CommandWording(file);
        var request = new RunRequest(isCheck)
        {
            IsAsked = isAsked,
            Wording = words,
            Options =
            {
                ["ProjectDirectory"] = file.Folder,
                ["ProjectName"] = file.Name,
                ["CacheFile"] = file.CacheFile,
                ["Directory"] = "images/",

                // As in a build, an age that is given spares requests; where none is, each run asks.
                ["InBuild"] = "true",
                ["LockFile"] = File.Exists(file.LockFile) ? file.LockFile : "",
            },
        };
        request.Occupied.Add(file.FullPath);
        request.Images.AddRange(images.Select((image, i) => new RemoteImageDeclaration(image.Url)
        {
            Index = i,
            Wording = words,
            LocalPath = image.Path,
            IsInDirectory = image.Path.Length == 0,
            List = ofProject ? "" : file.FullPath,
            ListPath = ofProject ? "" : image.Path,
            DefiningProject = file.FullPath,
            DefiningLine = image.Line,
        }));
        return request;
    }

    /// <summary>What a request declares, before anything is asked; null where its options are not valid.</summary>
    public static DeclaredImages? Declared(RunRequest request) =>
        DeclaredImages.Of(request, static _ => { });

    /// <summary>Takes in what the user says otherwise.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">By the names of <see cref="RunOptions"/>; the later one counts.</param>
    public static void Override(RunRequest request, IEnumerable<(string Name, string Text)> options)
    {
        foreach (var (name, text) in options)
        {
            request.Options[name] = name == "Directory" && !Path.EndsInDirectorySeparator(text) ? text + "/" : text;
        }
    }
}

using ImageSync.Engine.Runs;
using ImageSync.Sync;

namespace ImageSync.Pipe;

/// <summary>Makes a request of the lines that ask for it (docs/engine.md). Total: what is no such line is told as a fault.</summary>
internal sealed class RequestReader
{
    // What evaluation has made of an item's path: the file's name, which it has taken from the URL, and the folder that was given.
    private const string EvaluatedName = "Name";
    private const string EvaluatedFolder = "Folder";

    /// <summary>The fields that an image can have; one that is not given is empty.</summary>
    public static readonly string[] ImageFields =
    [
        nameof(RemoteImageDeclaration.Include), nameof(RemoteImageDeclaration.Url), nameof(RemoteImageDeclaration.LocalPath),
        EvaluatedName, EvaluatedFolder, nameof(RemoteImageDeclaration.DefiningProject), nameof(RemoteImageDeclaration.List),
        nameof(RemoteImageDeclaration.ListPath),
        nameof(RemoteImageDeclaration.BuildAction), nameof(RemoteImageDeclaration.Sha256),
        nameof(RemoteImageDeclaration.MediaType), nameof(RemoteImageDeclaration.MaxAge), nameof(RemoteImageDeclaration.MaxBytes),
        nameof(RemoteImageDeclaration.Optional), nameof(RemoteImageDeclaration.RequestHeaders),
        nameof(RemoteImageDeclaration.IgnoreQuery), nameof(RemoteImageDeclaration.Watch),
    ];

    private RunRequest? _request;
    private bool _isComplete;

    /// <summary>Takes the next line.</summary>
    /// <returns>What is wrong with it; null for nothing.</returns>
    public string? Add(string[] fields) => (fields[0], fields.Length) switch
    {
        ("sync" or "check", 1) => Begin(fields[0] == "check"),
        ("option", 3) => In(request => AddOption(request, fields[1], fields[2])),
        ("image", >= 1) => In(request => AddImage(request, fields)),
        ("settled", 3) => In(request =>
        {
            request.AddSettled(fields[1], fields[2]);
            return null;
        }),
        ("go", 1) => In(Complete),
        _ => $"\"{fields[0]}\" with {fields.Length - 1} fields is no line of a request",
    };

    /// <summary>The request, once it is complete; the next line begins another.</summary>
    public RunRequest? Take()
    {
        if (!_isComplete)
        {
            return null;
        }

        var request = _request;
        (_request, _isComplete) = (null, false);
        return request;
    }

    private string? Begin(bool isCheck)
    {
        if (_request is not null)
        {
            return "a request begins inside another";
        }

        _request = new RunRequest(isCheck);
        return null;
    }

    private string? In(Func<RunRequest, string?> add) =>
        _request is { } request ? add(request) : "a line comes before the request that it belongs to";

    // All else that is not given has a default; without these two, no path means anything.
    private string? Complete(RunRequest request)
    {
        var fault = !Path.IsPathFullyQualified(Text("ProjectDirectory")) ? "a request has no absolute ProjectDirectory"
            : Text("CacheFile").Length == 0 ? "a request has no CacheFile"
            : null;
        _isComplete = fault is null;
        return fault;

        string Text(string option) => MSBuildSyntax.Trim(request.Options.GetValueOrDefault(option, ""));
    }

    private static string? AddOption(RunRequest request, string name, string text) =>
        !RunOptions.All.Any(option => option.Name == name) ? $"there is no option {name}"
        : !request.Options.TryAdd(name, text) ? $"the option {name} is given twice"
        : null;

    // Into an array first: a declaration that is copied for each field would be most of what thousands of images leave to be collected.
    private static string? AddImage(RunRequest request, string[] fields)
    {
        var values = new string[ImageFields.Length];
        foreach (var field in fields.AsSpan(1))
        {
            var end = field.IndexOf('=', StringComparison.Ordinal);
            if (end < 0)
            {
                return "an image has a field without a name";
            }

            var name = field.AsSpan(0, end);
            if (PositionOf(name) is not { } position)
            {
                return $"an image has no field {name}";
            }

            values[position] = field[(end + 1)..];
        }

        var (path, evaluated, folder) = (Text(nameof(RemoteImageDeclaration.LocalPath)), Value(EvaluatedName), Value(EvaluatedFolder));
        request.Images.Add(new RemoteImageDeclaration(Value(nameof(RemoteImageDeclaration.Include)))
        {
            Index = request.Images.Count,
            Url = Text(nameof(RemoteImageDeclaration.Url)),
            LocalPath = path.Length > 0 ? path : folder,
            IsInDirectory = folder.Length == 0 && (evaluated.Length > 0 || path.Length == 0),
            EvaluatedName = evaluated,
            DefiningProject = Value(nameof(RemoteImageDeclaration.DefiningProject)),
            List = Value(nameof(RemoteImageDeclaration.List)),
            ListPath = Value(nameof(RemoteImageDeclaration.ListPath)),
            BuildAction = Text(nameof(RemoteImageDeclaration.BuildAction)),
            Sha256 = Text(nameof(RemoteImageDeclaration.Sha256)),
            MediaType = Text(nameof(RemoteImageDeclaration.MediaType)),
            MaxAge = Text(nameof(RemoteImageDeclaration.MaxAge)),
            MaxBytes = Text(nameof(RemoteImageDeclaration.MaxBytes)),
            Optional = Text(nameof(RemoteImageDeclaration.Optional)),
            RequestHeaders = Text(nameof(RemoteImageDeclaration.RequestHeaders)),
            IgnoreQuery = Text(nameof(RemoteImageDeclaration.IgnoreQuery)),
            Watch = Text(nameof(RemoteImageDeclaration.Watch)),
        });
        return null;

        string Value(string name) => values[PositionOf(name)!.Value] ?? "";

        // What surrounds a value that is written over several lines is none of it. Of an Include it may be an escape.
        string Text(string name) => MSBuildSyntax.Trim(Value(name));
    }

    private static int? PositionOf(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < ImageFields.Length; i++)
        {
            if (name.SequenceEqual(ImageFields[i]))
            {
                return i;
            }
        }

        return null;
    }
}

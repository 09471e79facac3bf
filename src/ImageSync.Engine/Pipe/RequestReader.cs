using ImageSync.Engine.Runs;
using ImageSync.Sync;

namespace ImageSync.Pipe;

/// <summary>Makes a request of the lines that ask for it (docs/engine.md). Total: what is no such line is told as a fault.</summary>
internal sealed class RequestReader
{
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

    private string? In(Func<RunRequest, string?> add) => _request is { } request ? add(request) : "a line comes before the request that it belongs to";

    // All else that is not given has a default; without these two, no path means anything.
    private string? Complete(RunRequest request)
    {
        var fault = !Path.IsPathFullyQualified(Text("ProjectDirectory")) ? "a request has no absolute ProjectDirectory"
            : Text("CacheFile").Length == 0 ? "a request has no CacheFile"
            : null;
        _isComplete = fault is null;
        return fault;

        string Text(string option) => AuthorsText.Trim(request.Options.GetValueOrDefault(option, ""));
    }

    private static string? AddOption(RunRequest request, string name, string text) =>
        !RunOptions.All.Any(option => option.Name == name) ? $"there is no option {name}"
        : !request.Options.TryAdd(name, text) ? $"the option {name} is given twice"
        : null;

    private static string? AddImage(RunRequest request, string[] fields)
    {
        var written = new RemoteImageDeclaration("") { Index = request.Images.Count };
        var folder = "";
        foreach (var field in fields.AsSpan(1))
        {
            if (field.IndexOf('=', StringComparison.Ordinal) is var at && at < 0)
            {
                return "an image has a field without a name";
            }

            var (name, value) = (field[..at], field[(at + 1)..]);
            if (name == "Folder")
            {
                folder = value;
            }
            else if (With(written, name, value) is { } next)
            {
                written = next;
            }
            else
            {
                return $"an image has no field {name}";
            }
        }

        request.Images.Add(written with
        {
            LocalPath = written.LocalPath.Length > 0 ? written.LocalPath : folder,
            IsInDirectory = folder.Length == 0 && (written.EvaluatedName.Length > 0 || written.LocalPath.Length == 0),
        });
        return null;
    }

    // What surrounds a value that is written over several lines is none of it. Of an Include it may be an escape.
    private static RemoteImageDeclaration? With(RemoteImageDeclaration written, string name, string value)
    {
        var text = AuthorsText.Trim(value);
        return name switch
        {
            nameof(written.Include) => written with { Include = value },
            nameof(written.Url) => written with { Url = text },
            nameof(written.LocalPath) => written with { LocalPath = text },
            "Name" => written with { EvaluatedName = value },
            nameof(written.BuildAction) => written with { BuildAction = text },
            nameof(written.Sha256) => written with { Sha256 = text },
            nameof(written.MediaType) => written with { MediaType = text },
            nameof(written.MaxAge) => written with { MaxAge = text },
            nameof(written.MaxBytes) => written with { MaxBytes = text },
            nameof(written.Optional) => written with { Optional = text },
            nameof(written.RequestHeaders) => written with { RequestHeaders = text },
            nameof(written.IgnoreQuery) => written with { IgnoreQuery = text },
            nameof(written.Watch) => written with { Watch = text },
            _ => null,
        };
    }
}

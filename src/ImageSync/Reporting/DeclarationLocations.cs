using System.Text;
using ImageSync.Storage;
using ImageSync.Sync;

namespace ImageSync.Reporting;

/// <summary>Where images are declared: the project file, and the line where its text tells. Each file is read once.</summary>
/// <param name="projectDirectory">What paths are shown relative to, absolute.</param>
/// <param name="declarations">All of the run, in their order.</param>
internal sealed class DeclarationLocations(string projectDirectory, IReadOnlyList<RemoteImageDeclaration> declarations)
{
    private const int MaxLength = 4 * 1024 * 1024;

    private readonly Dictionary<string, (string Shown, IReadOnlyDictionary<string, int> Lines)> _files = new(StringComparer.Ordinal);

    /// <summary>The place of an image, as <c>App.csproj:12</c>; null where it is not known.</summary>
    public string? Of(SyncOutcome outcome)
    {
        if (outcome.Index >= declarations.Count || declarations[outcome.Index] is not { DefiningProject: { Length: > 0 } path } declaration)
        {
            return null;
        }

        if (!_files.TryGetValue(path, out var file))
        {
            _files[path] = file = (ShownOf(path), LinesOf(path));
        }

        var line = declaration.DefiningLine > 0 ? declaration.DefiningLine : file.Lines.GetValueOrDefault(declaration.Include);
        return line > 0 ? $"{file.Shown}:{line}" : file.Shown;
    }

    private string ShownOf(string path) => IsPath(path) ? Path.GetRelativePath(projectDirectory, path).Replace('\\', '/') : path;

    private static IReadOnlyDictionary<string, int> LinesOf(string path)
    {
        try
        {
            var bytes = IsPath(path) ? RegularFile.ReadAllBytes(path, MaxLength) : [];
            using var text = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
            return IncludeLines.Of(text.ReadToEnd());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Dictionary<string, int>();
        }
    }

    private static bool IsPath(string text) => Path.IsPathFullyQualified(text) && !text.Contains('\0', StringComparison.Ordinal);
}

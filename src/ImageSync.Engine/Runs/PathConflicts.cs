using ImageSync.Storage;
using ImageSync.Sync;

namespace ImageSync.Engine.Runs;

/// <summary>Files that an option names, and that are somebody else's: the two would replace each other, sync by sync.</summary>
internal static class PathConflicts
{
    /// <summary>Two options of one file, and a cache in the place of a file that is none.</summary>
    public static IEnumerable<Problem> OfOptions(RunSettings settings)
    {
        var words = settings.Sync.Wording;
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in settings.Files)
        {
            if (!owners.TryAdd(file.Place, file.Option))
            {
                yield return Taken(words, file, $"the place of {words.Option(owners[file.Place])}, too");
            }
        }

        if (settings.Files.FirstOrDefault(file => file.Option == "CacheFile") is { } cache
            && !FileOwnership.IsNameOfCache(cache.Path) && !FileOwnership.IsCache(FileOwnership.BeginningOf(cache.Path)))
        {
            yield return Taken(words, cache, "a file that ImageSync has not written");
        }
    }

    /// <summary>Options that name the local file of an image, or a file that is occupied otherwise.</summary>
    public static IEnumerable<Problem> OfImages(RunSettings settings, IReadOnlyList<RemoteImage> images, IReadOnlyList<string> occupied)
    {
        var places = settings.Files.Select(file => (File: file, file.Place)).ToList();
        foreach (var (file, place) in places)
        {
            if (occupied.Contains(place, StringComparer.OrdinalIgnoreCase))
            {
                yield return Taken(settings.Sync.Wording, file, "the list itself");
            }
        }

        foreach (var image in images)
        {
            foreach (var (file, place) in places)
            {
                if (place.Equals(image.FilePath, StringComparison.OrdinalIgnoreCase))
                {
                    var whose = $"the local file of the {image.Wording.Declaration} {image.Url.Redacted}";
                    yield return Taken(settings.Sync.Wording, file, whose);
                }
            }
        }
    }

    private static Problem Taken(Wording words, NamedFile file, string whose) =>
        Problems.PlaceTaken(words, file.Option, file.Text, whose);
}

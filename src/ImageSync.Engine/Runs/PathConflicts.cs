using ImageSync.Storage;
using ImageSync.Sync;

namespace ImageSync.Engine.Runs;

/// <summary>Files that an option names, and that are somebody else's: the two would replace each other, sync by sync.</summary>
internal static class PathConflicts
{
    /// <summary>Two options of one file, and a cache in the place of a file that is none.</summary>
    public static IEnumerable<Problem> OfOptions(RunSettings settings)
    {
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in settings.Files)
        {
            if (!owners.TryAdd(file.Place, file.Option))
            {
                yield return Taken(file, $"the place of {Option.Prefix}{owners[file.Place]}, too");
            }
        }

        if (settings.Files.FirstOrDefault(file => file.Option == "CacheFile") is { } cache
            && !FileOwnership.IsNameOfCache(cache.Path) && !FileOwnership.IsCache(FileOwnership.BeginningOf(cache.Path)))
        {
            yield return Taken(cache, "a file which ImageSync has not written");
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
                yield return Taken(file, "the list itself");
            }
        }

        foreach (var image in images)
        {
            foreach (var (file, place) in places)
            {
                if (place.Equals(image.FilePath, StringComparison.OrdinalIgnoreCase))
                {
                    yield return Taken(file, $"the local file of the item {image.Url.Redacted}");
                }
            }
        }
    }

    private static Problem Taken(NamedFile file, string whose) => Problems.PlaceTaken(Option.Prefix + file.Option, file.Text, whose);
}

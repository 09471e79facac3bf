using ImageSync.Storage;
using ImageSync.Sync;

namespace ImageSync.MSBuild;

/// <summary>Files that a property names, and that are somebody else's: the two would replace each other, sync by sync.</summary>
internal static class TakenPlaces
{
    /// <summary>Two properties of one file, and a cache in the place of a file that is none.</summary>
    public static IEnumerable<Problem> OfProperties(ImageTask task)
    {
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (property, value, place) in Places(task))
        {
            if (!owners.TryAdd(place, property))
            {
                yield return Problems.PlaceTaken(property, value, $"the place of {owners[place]}, too");
            }
        }

        if (FilePlace.Locate(task.CacheFile, task.ProjectDirectory) is { } cache
            && !WhoseFile.IsNameOfCache(cache) && !WhoseFile.IsCache(WhoseFile.BeginningOf(cache)))
        {
            yield return Problems.PlaceTaken("ImageSyncCacheFile", task.CacheFile, "a file which ImageSync has not written");
        }
    }

    /// <summary>Properties that name the local file of an image.</summary>
    public static IEnumerable<Problem> OfImages(ImageTask task, IReadOnlyList<RemoteImage> images)
    {
        var places = Places(task).ToList();
        foreach (var image in images)
        {
            foreach (var (property, value, place) in places)
            {
                if (place.Equals(image.FilePath, StringComparison.OrdinalIgnoreCase))
                {
                    yield return Problems.PlaceTaken(property, value, $"the local file of the item {image.Url.Redacted}");
                }
            }
        }
    }

    // By where the bytes go, as the places of images are.
    private static IEnumerable<(string Property, string Value, string Place)> Places(ImageTask task)
    {
        (string Property, string Value)[] files = [("ImageSyncCacheFile", task.CacheFile), ("ImageSyncLockFile", task.LockFile)];
        foreach (var (property, value) in files.Concat(task.FilesToWrite))
        {
            if (value.Length > 0 && FilePlace.Locate(value, task.ProjectDirectory) is { } place)
            {
                yield return (property, value, SymbolicLinks.Resolve(place) ?? place);
            }
        }
    }
}

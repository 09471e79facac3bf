using ImageSync.Engine.Lists;
using ImageSync.Engine.Lists.Import;
using ImageSync.Engine.Runs;
using ImageSync.Sync;

namespace ImageSync.Engine.CommandLine;

/// <summary>What a list gets of what another file names.</summary>
/// <param name="Longer">The list with it.</param>
/// <param name="Added">What is new, in this order.</param>
/// <param name="Already">How many the list has already.</param>
/// <param name="Refused">What no sync would accept, and why; without a diagnostic what no line can hold.</param>
internal sealed record ListAdditions(
    ImageList Longer, IReadOnlyList<FoundImage> Added, int Already, IReadOnlyList<(FoundImage Image, Diagnostic? Why)> Refused)
{
    /// <summary>Finds out; writes nothing.</summary>
    public static ListAdditions To(ImageList list, ListFile file, IReadOnlyList<FoundImage> found)
    {
        var known = NamedImage.AllOf(list, file).ToLookup(image => image.Image.Url, StringComparer.Ordinal);
        var fresh = found.Where(image => !known[image.Url].Any(listed => image.Path.Length == 0 || listed.IsCalled(image.Path))).ToList();
        var (possible, refused) = (new List<FoundImage>(), new List<(FoundImage, Diagnostic?)>());
        foreach (var image in fresh)
        {
            if (ImageList.CanHold(image.Url, image.Path))
            {
                possible.Add(image);
            }
            else
            {
                refused.Add((image, null));
            }
        }

        var objections = Objections(list.Images, possible, file);
        refused.AddRange(objections.Select(one => (possible[one.Key], (Diagnostic?)one.Value)));
        var added = possible.Where((_, i) => !objections.ContainsKey(i)).ToList();
        return new(list.With([.. added.Select(image => (image.Url, image.Path))]), added, found.Count - fresh.Count, refused);
    }

    // What each sync would refuse is told at once.
    private static SortedDictionary<int, Diagnostic> Objections(
        IReadOnlyList<ListedImage> listed, List<FoundImage> possible, ListFile file)
    {
        var request = ListRequest.Of(file, [.. listed, .. possible.Select(image => new ListedImage(image.Line, image.Url, image.Path))]);
        return RunOptions.Read(request.Options, out _) is not { } settings ? []
            : new(new DeclaredImages(settings, request).Invalid.Where(outcome => outcome.Index >= listed.Count)
                .ToDictionary(outcome => outcome.Index - listed.Count, outcome => outcome.Diagnostics[0]));
    }
}

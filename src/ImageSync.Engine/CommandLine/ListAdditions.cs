using ImageSync.Engine.Lists;
using ImageSync.Engine.Lists.Import;
using ImageSync.Engine.Runs;
using ImageSync.Sync;

namespace ImageSync.Engine.CommandLine;

/// <summary>What a list gets of what another file names.</summary>
internal sealed class ListAdditions
{
    private ListAdditions(ImageList list, ListFile file, IReadOnlyList<FoundImage> found)
    {
        var known = new Dictionary<string, List<NamedImage>>(StringComparer.Ordinal);
        foreach (var image in NamedImage.AllOf(list, file))
        {
            (known.TryGetValue(image.Image.Url, out var same) ? same : known[image.Image.Url] = []).Add(image);
        }

        var fresh = found.Where(image => !(known.TryGetValue(image.Url, out var same)
            && same.Exists(listed => image.Path.Length == 0 || listed.IsCalled(image.Path)))).ToList();
        Already = found.Count - fresh.Count;
        Refused = [.. fresh.Where(image => !ImageList.CanHold(image.Url, image.Path)).Select(image => new Refusal(image, null))];
        fresh.RemoveAll(image => !ImageList.CanHold(image.Url, image.Path));

        var objections = Objections(list.Images, fresh, file);
        Added = [.. fresh.Where((_, i) => objections[i] is null)];
        Refused = [.. Refused, .. fresh.Select((image, i) => new Refusal(image, objections[i])).Where(refusal => refusal.Why is not null)];
        Longer = list.With(Added.Select(image => image.Text));
    }

    /// <summary>The list with it.</summary>
    public ImageList Longer { get; }

    /// <summary>What is new, in this order.</summary>
    public IReadOnlyList<FoundImage> Added { get; }

    /// <summary>How many the list has already.</summary>
    public int Already { get; }

    /// <summary>What no sync would accept.</summary>
    public IReadOnlyList<Refusal> Refused { get; }

    /// <summary>Finds out; writes nothing.</summary>
    public static ListAdditions To(ImageList list, ListFile file, IReadOnlyList<FoundImage> found) => new(list, file, found);

    // What each sync would refuse is told at once.
    private static Diagnostic?[] Objections(IReadOnlyList<ListedImage> listed, List<FoundImage> fresh, ListFile file)
    {
        var objections = new Diagnostic?[fresh.Count];
        var request = ListRequest.Of(file, [.. listed, .. fresh.Select(image => new ListedImage(image.Line, image.Url, image.Path))]);
        if (RunOptions.Read(request.Options, out _) is { } settings)
        {
            foreach (var outcome in new DeclaredImages(settings, request).Invalid.Where(outcome => outcome.Index >= listed.Count))
            {
                objections[outcome.Index - listed.Count] = outcome.Diagnostics[0];
            }
        }

        return objections;
    }

    /// <summary>An image that is not added.</summary>
    /// <param name="image">The image.</param>
    /// <param name="why">Why; null where no line can hold it.</param>
    public sealed class Refusal(FoundImage image, Diagnostic? why)
    {
        public FoundImage Image => image;

        public Diagnostic? Why => why;
    }
}

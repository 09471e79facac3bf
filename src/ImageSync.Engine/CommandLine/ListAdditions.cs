using ImageSync.Engine.Lists;
using ImageSync.Engine.Lists.Import;
using ImageSync.Sync;

namespace ImageSync.Engine.CommandLine;

/// <summary>What a list gets of what another file names.</summary>
internal sealed class ListAdditions
{
    private ListAdditions(ImageList list, ListFile file, List<FoundImage> found)
    {
        var known = new Dictionary<string, List<NamedImage>>(StringComparer.Ordinal);
        foreach (var image in NamedImage.AllOf(list, file))
        {
            (known.TryGetValue(image.Image.Url, out var same) ? same : known[image.Image.Url] = []).Add(image);
        }

        var fresh = found.FindAll(image => !(known.TryGetValue(image.Url, out var same)
            && same.Exists(listed => image.Path.Length == 0 || listed.IsCalled(image.Path))));
        Already = found.Count - fresh.Count;
        var possible = fresh.FindAll(image => ImageList.CanHold(image.Url, image.Path));
        var objections = Objections(list.Images, possible, file);
        foreach (var image in fresh)
        {
            if (!ImageList.CanHold(image.Url, image.Path))
            {
                Refused.Add(new(image, null));
            }
        }

        for (var i = 0; i < possible.Count; i++)
        {
            if (objections[i] is { } why)
            {
                Refused.Add(new(possible[i], why));
            }
            else
            {
                Added.Add(possible[i]);
            }
        }

        Longer = list.With(Added.ConvertAll(image => image.Text));
    }

    /// <summary>The list with it.</summary>
    public ImageList Longer { get; }

    /// <summary>What is new, in this order.</summary>
    public List<FoundImage> Added { get; } = [];

    /// <summary>How many the list has already.</summary>
    public int Already { get; }

    /// <summary>What no sync would accept.</summary>
    public List<Refusal> Refused { get; } = [];

    /// <summary>Finds out; writes nothing.</summary>
    public static ListAdditions To(ImageList list, ListFile file, List<FoundImage> found) => new(list, file, found);

    // What each sync would refuse is told at once.
    private static Diagnostic?[] Objections(IReadOnlyList<ListedImage> listed, List<FoundImage> fresh, ListFile file)
    {
        var objections = new Diagnostic?[fresh.Count];
        var request = ListRequest.Of(file, [.. listed, .. fresh.ConvertAll(image => new ListedImage(image.Line, image.Url, image.Path))]);
        if (ListRequest.Declared(request) is { } declared)
        {
            foreach (var outcome in declared.Invalid.Where(outcome => outcome.Index >= listed.Count))
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

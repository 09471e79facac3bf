using ImageSync.Testing;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild.Tests;

public sealed class SyncedImagesFiles
{
    [Test]
    public void ComesBackAsItWent()
    {
        // arrange: what MSBuild escapes, what XML escapes, and what XML does not even take
        var directory = new TestDirectory();
        var path = directory.PathOf("obj/results");
        var item = new TaskItem("img/a%3Bb <&> ö.png");
        item.SetMetadata("ETag", "\"1%252F\u0085\u0001<>\"");
        item.SetMetadata("Status", "Added");

        // act
        SyncedImagesFile.Write(path, [item, new TaskItem("b.png")], "2 images, 2 added");
        var (images, summary) = SyncedImagesFile.Read(path);

        // assert
        using var all = Assert.EnterMultipleScope();
        Assert.That(summary, Is.EqualTo("2 images, 2 added"));
        Assert.That(images.Select(image => image.ItemSpec), Is.EqualTo(new[] { "img/a;b <&> ö.png", "b.png" }));
        Assert.That(images[0].GetMetadata("ETag"), Is.EqualTo("\"1%2F\u0085\u0001<>\""));
        Assert.That(((ITaskItem2)images[0]).GetMetadataValueEscaped("ETag"), Is.EqualTo(((ITaskItem2)item).GetMetadataValueEscaped("ETag")));
    }
}

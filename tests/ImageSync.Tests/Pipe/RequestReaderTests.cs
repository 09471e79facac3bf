using ImageSync.Engine.Runs;
using ImageSync.Pipe;

namespace ImageSync.Tests.Pipe;

/// <summary>Lines make a request, or a fault that says which of them does not fit.</summary>
public class RequestReaderTests
{
    private const string Paths = "option ProjectDirectory /p; option CacheFile c";
    private const string NotBegun = "a line comes before the request that it belongs to";

    // Lines are parted by semicolons, fields by blanks; the fault is the last line's.
    [TestCase("", "\"\" with 0 fields is no line of a request", TestName = "an empty line")]
    [TestCase(" ", "\"\" with 1 fields is no line of a request", TestName = "two empty fields")]
    [TestCase("sync;", "\"\" with 0 fields is no line of a request", TestName = "an empty line inside")]
    [TestCase("sync all", "\"sync\" with 1 fields is no line of a request")]
    [TestCase("check all", "\"check\" with 1 fields is no line of a request")]
    [TestCase("Sync", "\"Sync\" with 0 fields is no line of a request")]
    [TestCase("cancel now", "\"cancel\" with 1 fields is no line of a request")]
    [TestCase("done complete", "\"done\" with 1 fields is no line of a request")]
    [TestCase("sync;sync", "a request begins inside another")]
    [TestCase("sync;check", "a request begins inside another")]
    [TestCase("check;sync", "a request begins inside another")]
    [TestCase("option Force true", NotBegun)]
    [TestCase("image Include=u", NotBegun)]
    [TestCase("settled a.png u", NotBegun)]
    [TestCase("go", NotBegun)]
    [TestCase("sync;option", "\"option\" with 0 fields is no line of a request")]
    [TestCase("sync;option Force", "\"option\" with 1 fields is no line of a request")]
    [TestCase("sync;option Force true true", "\"option\" with 3 fields is no line of a request")]
    [TestCase("sync;option Farce true", "there is no option Farce")]
    [TestCase("sync;option force true", "there is no option force")]
    [TestCase("sync;option  true", "there is no option ")]
    [TestCase("sync;option Force true;option Force true", "the option Force is given twice")]
    [TestCase("sync;option Force ;option Force true", "the option Force is given twice")]
    [TestCase("sync;image Include", "an image has a field without a name")]
    [TestCase("sync;image ", "an image has a field without a name")]
    [TestCase("sync;image Include=u a.png", "an image has a field without a name")]
    [TestCase("sync;image =u", "an image has no field ")]
    [TestCase("sync;image include=u", "an image has no field include")]
    [TestCase("sync;image Index=1", "an image has no field Index")]
    [TestCase("sync;settled", "\"settled\" with 0 fields is no line of a request")]
    [TestCase("sync;settled a.png", "\"settled\" with 1 fields is no line of a request")]
    [TestCase("sync;settled a.png u u", "\"settled\" with 3 fields is no line of a request")]
    [TestCase("sync;go now", "\"go\" with 1 fields is no line of a request")]
    [TestCase("sync;go", "a request has no absolute ProjectDirectory")]
    [TestCase("sync;option ProjectDirectory ;option CacheFile c;go", "a request has no absolute ProjectDirectory")]
    [TestCase("sync;option ProjectDirectory p;option CacheFile c;go", "a request has no absolute ProjectDirectory")]
    [TestCase("sync;option ProjectDirectory /p;go", "a request has no CacheFile")]
    [TestCase("sync;option ProjectDirectory /p;option CacheFile ;go", "a request has no CacheFile")]
    public void RefusesALine(string lines, string fault)
    {
        // arrange
        var reader = new RequestReader();
        string[] all = [.. lines.Split(';')];

        // act
        foreach (var line in all[..^1])
        {
            Assert.That(reader.Add(line.Split(' ')), Is.Null, line);
        }

        // assert
        Assert.That(reader.Add(all[^1].Split(' ')), Is.EqualTo(fault));
        Assert.That(reader.Take(), Is.Null);
    }

    [TestCase("sync", false)]
    [TestCase("check", true)]
    public void ReadsARequest(string kind, bool isCheck)
    {
        // act
        const string Images = "image Include=http://h/a.png LocalPath=a.png; image";
        var request = Read($"{kind}; {Paths}; option Force true; settled s.png http://h/s.png; {Images}; go");

        // assert
        Assert.That(request.IsCheck, Is.EqualTo(isCheck));
        Assert.That(request.Options, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["ProjectDirectory"] = "/p",
            ["CacheFile"] = "c",
            ["Force"] = "true",
        }));
        Assert.That(request.Images.Select(image => (image.Index, image.Include, image.LocalPath)),
            Is.EqualTo(new[] { (0, "http://h/a.png", "a.png"), (1, "", "") }));
        Assert.That(request.Settled, Is.EqualTo(new[] { RunRequest.KeyOf("s.png", "http://h/s.png") }));
        Assert.That(request.SettledPaths, Is.EqualTo(new[] { "s.png" }));
    }

    [Test]
    public void InAnyOrder()
    {
        // act
        var request = Read($"sync; image Include=u; settled s.png v; option Force true; image Include=w; {Paths}; go");

        // assert
        Assert.That(request.Images.Select(image => image.Include), Is.EqualTo(new[] { "u", "w" }));
        Assert.That((request.Options.Count, request.SettledPaths.Count), Is.EqualTo((3, 1)));
    }

    [Test]
    public void OneAfterTheOther()
    {
        // arrange
        var reader = new RequestReader();

        // act
        var first = Read($"sync; {Paths}; image Include=u; go", reader);
        var second = Read($"check; {Paths}; image Include=v; go", reader);

        // assert
        Assert.That(first.Images.Select(image => (image.Index, image.Include)), Is.EqualTo(new[] { (0, "u") }));
        Assert.That(second.Images.Select(image => (image.Index, image.Include)), Is.EqualTo(new[] { (0, "v") }));
        Assert.That((first.IsCheck, second.IsCheck), Is.EqualTo((false, true)));
        Assert.That((reader.Take(), reader.Add(["go"])), Is.EqualTo(((RunRequest?)null, NotBegun)));
    }

    [Test]
    public void NothingIsTakenBeforeItIsWhole()
    {
        // arrange
        var reader = new RequestReader();

        // act, assert
        foreach (var line in $"sync; {Paths}; image Include=u".Split("; "))
        {
            Assert.That((reader.Add(line.Split(' ')), reader.Take()), Is.EqualTo(((string?)null, (RunRequest?)null)), line);
        }
    }

    [Test]
    public void ReadsEachFieldOfAnImage()
    {
        // arrange
        string[] names = ["Url", "LocalPath", "BuildAction", "Sha256", "MediaType", "MaxAge", "MaxBytes", "Optional", "RequestHeaders",
            "IgnoreQuery", "Watch"];

        // act
        var image = ReadImage(["Include= %20i= ", "Name= n ", .. names.Select(name => $"{name}= \r\n{name}=1\t")]);

        // assert: an Include and a name are evaluated already; of the others, what surrounds them is none of them
        Assert.That((image.Include, image.EvaluatedName), Is.EqualTo((" %20i= ", " n ")));
        Assert.That(names.Select(name => image.GetType().GetProperty(name)!.GetValue(image)),
            Is.EqualTo(names.Select(name => name + "=1")));
    }

    [TestCase("Include=u", "", true)]
    [TestCase("Include=u LocalPath=a.png", "a.png", false)]
    [TestCase("Include=u Folder=img/", "img/", false)]
    [TestCase("Include=u Folder=img/ LocalPath=img/a.png", "img/a.png", false)]
    [TestCase("Include=u LocalPath=img/a.png Folder=img/", "img/a.png", false)]
    [TestCase("Include=u LocalPath=images/a.png Name=a.png", "images/a.png", true)]
    [TestCase("Include=u Folder=img/ LocalPath=img/a.png Name=a.png", "img/a.png", false)]
    public void TellsWhoseFolderItIs(string fields, string localPath, bool isInDirectory)
    {
        // act
        var image = ReadImage(fields.Split(' '));

        // assert
        Assert.That((image.LocalPath, image.IsInDirectory), Is.EqualTo((localPath, isInDirectory)));
    }

    [Test]
    public void NeverThrows()
    {
        // arrange
        var seed = Random.Shared.Next();
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] words = ["sync", "check", "option", "image", "settled", "go", "cancel", "", " ", "Force", "ProjectDirectory", "/p",
            "CacheFile", "Include=u", "=", "LocalPath", "LocalPath=\0", "Folder=", "Index=1", "\uD800", "\\"];

        // act, assert: and what is complete has what it needs
        var complete = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var reader = new RequestReader();
            _ = random.Next(3) > 0 ? reader.Add(["sync"]) ?? reader.Add(["option", "CacheFile", "c"]) : null;
            for (var line = 0; line < 8; line++)
            {
                _ = random.Next(4) == 0 ? reader.Add(["option", "ProjectDirectory", "/p"])
                    : reader.Add([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => words[random.Next(words.Length)])]);
                if (reader.Take() is { } request)
                {
                    complete++;
                    Assert.That(request.Options["ProjectDirectory"], Is.EqualTo("/p"));
                }
            }
        }

        Assert.That(complete, Is.Positive);
    }

    private static ImageSync.Sync.RemoteImageDeclaration ReadImage(string[] fields)
    {
        var reader = new RequestReader();
        Assert.That(reader.Add(["sync"]) ?? reader.Add(["image", .. fields]), Is.Null);
        return Read(Paths + "; go", reader).Images.Single();
    }

    private static RunRequest Read(string lines, RequestReader? reader = null)
    {
        reader ??= new RequestReader();
        foreach (var line in lines.Split("; "))
        {
            Assert.That(reader.Add(line.Split(' ')), Is.Null, line);
        }

        return reader.Take()!;
    }
}

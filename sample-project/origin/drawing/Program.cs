using System.Diagnostics;
using Drawing;

// The drawings are committed, so no build runs this. To draw them again:
//     dotnet run -c Release --project sample-project/origin/drawing sample-project/origin/images
// or with the names of a few after the folder.
if (args is not [var folder, .. var names])
{
    Console.Error.WriteLine("Say which folder the pictures go to, and then, if not all are wanted, which.");
    return 1;
}

(string Name, Func<byte[]> Draw)[] pictures =
[
    ("mountains.png", Mountains.Draw),
    ("moonrise.png", Moonrise.Draw),
    ("currents.png", Currents.Draw),
    ("stained-glass.png", StainedGlass.Draw),
    ("sunflower.png", Sunflower.Draw),
    ("contours.png", Contours.Draw),
    ("aurora.png", Aurora.Draw),
    ("favicon.png", Favicon.Draw),
];

Directory.CreateDirectory(folder);
foreach (var (name, draw) in pictures.Where(picture => names is [] || names.Contains(picture.Name)))
{
    var clock = Stopwatch.StartNew();
    var bytes = draw();
    File.WriteAllBytes(Path.Combine(folder, name), bytes);
    Console.WriteLine($"{name,-18} {bytes.Length / 1024.0,6:F1} KB {clock.ElapsedMilliseconds,6} ms");
}
return 0;

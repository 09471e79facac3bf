using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

var app = WebApplication.CreateBuilder(args).Build();
app.MapStaticAssets();

// What the build knows of the images: ImageSyncManifestFile names the file.
var manifest = Path.Combine(app.Environment.ContentRootPath, "images.json");
var images = File.Exists(manifest)
    ? JsonSerializer.Deserialize<Dictionary<string, SyncedFile>>(File.ReadAllText(manifest), JsonSerializerOptions.Web)!
    : [];

// The page names no sizes: each image gets those of its file, so that nothing jumps when the images arrive.
var page = Path.Combine(app.Environment.WebRootPath, "index.html");
app.MapGet("/", () => Results.Content(Regex.Replace(File.ReadAllText(page), "src=\"(img/[^\"]+)\"", WithSize), "text/html; charset=utf-8"));

string WithSize(Match source) =>
    images.GetValueOrDefault("wwwroot/" + source.Groups[1].Value) is { Width: { } width, Height: { } height }
        ? $"{source.Value} width=\"{width}\" height=\"{height}\""
        : source.Value;

// The page knows the images that come with the sample; this tells it of those that you add.
app.MapGet("/images.json", () =>
    from image in images
    where image.Key.StartsWith("wwwroot/img/", StringComparison.Ordinal)
    select new { Path = image.Key["wwwroot/".Length..], image.Value.Width, image.Value.Height, image.Value.Length });

// An EmbeddedResource: read from the assembly, there is no such file beside it.
app.MapGet("/favicon.png", () =>
    Assembly.GetExecutingAssembly().GetManifestResourceStream("favicon.png") is { } icon ? Results.Stream(icon, "image/png") : Results.NotFound());

app.Run();

internal sealed record SyncedFile(string Url, string? Format, long? Width, long? Height, long Length, string Sha256, string Integrity);

using System.Reflection;
using Microsoft.AspNetCore.StaticFiles;

var app = WebApplication.CreateBuilder(args).Build();

// Routing is named, so that it comes after "/" has become "/index.html".
app.UseDefaultFiles();
app.UseRouting();
app.MapStaticAssets();

// The page knows the images that come with the sample; this tells it of those that you add. The compressed copies
// that the build makes of some lie in the same folder, and are no images.
var mediaTypes = new FileExtensionContentTypeProvider();
app.MapGet("/images.json", (IWebHostEnvironment site) =>
    from file in site.WebRootFileProvider.GetDirectoryContents("img")
    where mediaTypes.TryGetContentType(file.Name, out var type) && type.StartsWith("image/", StringComparison.Ordinal)
    orderby file.Name
    select new { file.Name, file.Length, file.LastModified });

// An EmbeddedResource: read from the assembly, there is no such file beside it.
app.MapGet("/favicon.png", () =>
    Assembly.GetExecutingAssembly().GetManifestResourceStream("favicon.png") is { } icon ? Results.Stream(icon, "image/png") : Results.NotFound());

app.Run();

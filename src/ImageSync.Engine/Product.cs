using System.Reflection;

namespace ImageSync.Engine;

/// <summary>What the product says of itself.</summary>
internal static class Product
{
    private static readonly Assembly Assembly = typeof(Product).Assembly;

    private static readonly string Home =
        Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "ProjectUrl").Value!;

    /// <summary>How the program is called on a command line.</summary>
    public const string Command = "imagesync";

    /// <summary>The version, without the commit that it was built from.</summary>
    public static string Version { get; } =
        Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Name, version and home, so that an origin's owner knows whom to talk to.</summary>
    public static string UserAgent => $"ImageSync/{Version} (+{Home})";

    /// <summary>A page of the documentation, by its path below <c>docs/</c>.</summary>
    public static string Page(string path) => $"{Home}/blob/main/docs/{path}";

    /// <summary>The page of a diagnostic.</summary>
    public static string HelpLink(string code) => Page($"diagnostics/{code}.md");
}

using System.Reflection;

namespace ImageSync.MSBuild;

/// <summary>What the product says of itself.</summary>
internal static class Product
{
    private static readonly Assembly Assembly = typeof(Product).Assembly;

    private static readonly string Home = Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "ProjectUrl").Value!;

    /// <summary>Name, version and home, so that an origin's owner knows whom to talk to.</summary>
    public static string UserAgent => $"ImageSync/{Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]} (+{Home})";

    /// <summary>The page of a diagnostic.</summary>
    public static string HelpLink(string code) => $"{Home}/blob/main/docs/diagnostics/{code}.md";
}

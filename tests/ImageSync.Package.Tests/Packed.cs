using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>The package under test, packed once for all scenarios.</summary>
[SetUpFixture]
public sealed class Packed
{
    public static ImageSyncPackage Package { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Pack() => Package = await ImageSyncPackage.PackAsync();

    [OneTimeTearDown]
    public void Delete() => Package?.Dispose();
}

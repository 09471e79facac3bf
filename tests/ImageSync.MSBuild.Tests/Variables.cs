namespace ImageSync.MSBuild.Tests;

/// <summary>
/// Environment variables of this process, set before the first test and never after it: an engine is kept for builds that have the
/// same, and is another fixture's too.
/// </summary>
[SetUpFixture]
public sealed class Variables
{
    /// <summary>It holds <see cref="HostileSecret"/>.</summary>
    public const string Hostile = "IMAGESYNC_TEST_HOSTILE_SECRET";

    public const string HostileSecret = "s3cret-of-the-attacked";

    /// <summary>It holds a line break.</summary>
    public const string Broken = "IMAGESYNC_TEST_BROKEN_VARIABLE";

    [OneTimeSetUp]
    public void SetThem()
    {
        Environment.SetEnvironmentVariable(Hostile, HostileSecret);
        Environment.SetEnvironmentVariable(Broken, "s3cret\r\nX-Evil: 1");
    }
}

using ImageSync.Engine.CommandLine;

namespace ImageSync.Tests.CommandLine;

public class CommandWordsTests
{
    [TestCase("MaxAge", "--max-age")]
    [TestCase("Prune", "--prune")]
    [TestCase("OnLocalEdit", "--on-local-edit")]
    [TestCase("MaxConnectionsPerHost", "--max-connections-per-host")]
    public void An_option_is_called_as_its_property(string name, string expected) =>
        Assert.That(CommandWords.OptionOf(name), Is.EqualTo(expected));

    [TestCase("the property ImageSyncRetries is \"x\"", "the option --retries is \"x\"")]
    [TestCase("Set ImageSyncOnLocalEdit to Keep", "Set --on-local-edit to Keep")]
    [TestCase("with ImageSyncOnLocalEdit=Keep.", "with --on-local-edit Keep.")]
    [TestCase("To accept it: dotnet build -t:SyncImages -p:ImageSyncLocked=false", "To accept it: imagesync accept")]
    [TestCase("dotnet build -t:CheckImages", "imagesync check")]
    [TestCase("and 20 more (-v:detailed lists them all)", "and 20 more (-v lists them all)")]
    [TestCase("Check the URL; the next build tries again.", "Check the URL; the next run tries again.")]
    [TestCase("the LocalPath \"../a\" leads outside the project's directory", "the path \"../a\" leads outside the list's folder")]
    [TestCase("ImageSync: 3 images", "ImageSync: 3 images")]
    [TestCase("ImageSyncEnabled", "ImageSyncEnabled", TestName = "{m}: what only builds have")]
    [TestCase("MyImageSyncPrune, ImageSyncPruned", "MyImageSyncPrune, ImageSyncPruned", TestName = "{m}: other words")]
    public void A_message_names_what_its_reader_has(string message, string expected) =>
        Assert.That(CommandWords.Of(message), Is.EqualTo(expected));
}

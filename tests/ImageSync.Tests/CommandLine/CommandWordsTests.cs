using ImageSync.Engine.CommandLine;
using ImageSync.Engine.Lists;
using ImageSync.Sync;

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
    [TestCase("accept it with: dotnet build -t:SyncImages -p:ImageSyncLocked=false", "accept it with: imagesync accept \"an item.png\"")]
    [TestCase("dotnet build -t:CheckImages", "imagesync check")]
    [TestCase("Check the URL; the next build tries again.", "Check the URL; the next run tries again.")]
    [TestCase("the LocalPath \"../a\" leads outside the project's directory", "the path \"../a\" leads outside the list's folder")]
    [TestCase("if the item is not meant to be an image, give its MediaType (\"*/*\" accepts anything).",
        "a list has images only; declare other files as RemoteImage items of a project.")]
    [TestCase("ImageSyncEnabled", "ImageSyncEnabled", TestName = "{m}: what only builds have")]
    [TestCase("MyImageSyncPrune, ImageSyncPruned", "MyImageSyncPrune, ImageSyncPruned", TestName = "{m}: other words")]
    public void A_message_names_what_its_reader_has(string advice, string expected)
    {
        var told = new CommandWords(ListFile.Of(null)).Of(Told("an item.png", "c.", advice), Image("an item.png"));
        Assert.That((told.Advice, told.Message), Is.EqualTo((expected, $"an item.png: c. {expected}")));
    }

    [TestCase("dotnet build -t:SyncImages", "imagesync sync \"my list.txt\"")]
    [TestCase("dotnet build -t:SyncImages -p:ImageSyncLocked=false", "imagesync accept a.png --list \"my list.txt\"")]
    public void A_command_names_the_list(string advice, string expected) =>
        Assert.That(
            new CommandWords(ListFile.Of("my list.txt")).Of(Told("a.png", "c.", advice), Image("a.png")).Advice, Is.EqualTo(expected));

    // People call files by the same words.
    [TestCase("the item/LocalPath.png", "https://h/the%20item/LocalPath.png", "https://h/the%20item/LocalPath.png answered 404.", "")]
    [TestCase("the item/LocalPath.png", "https://h/a.png", "it was edited: its bytes are in /k/the item/LocalPath.0f1e.png.", "")]
    [TestCase("a.png", "https://h/a.png", "the name \"LocalPath\" is not one; https://h/ImageSyncMaxAge answered.", "")]
    [TestCase("remove the item.png", "https://h/a.png", "it is \"the item\".", "Set \"ImageSyncMaxAge\".")]
    public void Names_stay_as_they_are(string path, string url, string cause, string advice)
    {
        var told = new CommandWords(ListFile.Of(null)).Of(Told(path, cause, advice), Image(path) with { List = "", LocalPath = path });
        Assert.That((told.Message, told.Cause, told.Advice), Is.EqualTo(($"{path}: {cause} {advice}".TrimEnd(), cause, advice)));
        Assert.That(ListWords.Of(Told(path, cause, advice), new(url) { LocalPath = path }).Message, Is.EqualTo(told.Message));
    }

    [TestCase("  added: the item/LocalPath.png, 2 KB", "  added: the item/LocalPath.png, 2 KB")]
    [TestCase("  … and 20 more (-v:detailed lists them all)", "  … and 20 more (-v lists them all)")]
    [TestCase("  not pruned, though its item is gone: the item (edited)", "  not pruned, though its line is gone: the item (edited)")]
    [TestCase("ImageSync: 3 images", "ImageSync: 3 images")]
    public void Lines_of_a_run_are_in_these_words(string line, string expected) =>
        Assert.That(new CommandWords(ListFile.Of(null)).OfLine(line), Is.EqualTo(expected));

    private static Diagnostic Told(string path, string cause, string advice) =>
        new Problem(DiagnosticCode.LocalFileEdited, cause, advice).ToDiagnostic(path, LocalCopy.Good, optional: false);

    private static RemoteImageDeclaration Image(string path) => new("https://h/x.png") { LocalPath = path };
}

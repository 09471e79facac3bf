using ImageSync.Testing;

namespace ImageSync.MSBuild.Tests;

/// <summary>The files of <c>build/editors</c> are what docs/properties.md and the engine's options make of them.</summary>
public class EditorFilesTests
{
    private const string Write = "IMAGESYNC_WRITE";

    [TestCase(EditorFiles.Schema)]
    [TestCase(EditorFiles.Page)]
    public void A_file_is_what_is_generated(string file)
    {
        var path = RepositoryRoot.PathOf(file);
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var generated = EditorFiles.Generate(file, text);
        if (Environment.GetEnvironmentVariable(Write) == "1")
        {
            File.WriteAllText(path, generated);
            return;
        }

        Assert.That(text, Is.EqualTo(generated),
            $"docs/properties.md, or the engine's options, say something else. To write {file} anew: "
            + $"{Write}=1 dotnet test tests/ImageSync.MSBuild.Tests --filter {nameof(EditorFilesTests)}");
    }

    [TestCase("a [lock file](lock-file.md) to commit", "A lock file to commit.")]
    [TestCase("`true`: unconditional requests", "`true`: unconditional requests.")]
    [TestCase("time to connect. If nothing listens, wait.", "Time to connect. If nothing listens, wait.")]
    [TestCase("an HTML [report](report.md), and [more](report.md#more)", "An HTML report, and more.")]
    public void A_cell_becomes_a_sentence(string cell, string sentence) => Assert.That(EditorFiles.Sentence(cell), Is.EqualTo(sentence));

    [TestCase("OnLocalEdit", "On local edit")]
    [TestCase("Mirror", "Mirror")]
    public void A_name_becomes_words(string name, string words) => Assert.That(EditorFiles.Words(name), Is.EqualTo(words));
}

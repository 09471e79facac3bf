using ImageSync.Testing;

namespace ImageSync.Tests.Docs;

/// <summary>The recipe that sets sizes in pages shows what the sample project does, word by word.</summary>
public class DimensionsRecipe
{
    [Test]
    public void Its_code_is_the_sample_s()
    {
        var code = DocumentationPage.All.Single(page => page.Name == "docs/recipes/dimensions.md").Snippets.Single(snippet => snippet.Language == "cs");
        Assert.That(File.ReadAllText(RepositoryRoot.PathOf("sample-project/Program.cs")).ReplaceLineEndings("\n"), Does.Contain(code.Text));
    }
}

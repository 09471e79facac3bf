using ImageSync.Engine.Projects;

namespace ImageSync.Tests.Projects;

/// <summary>In these texts <c>+</c> stands before a line that is added; without such lines they are what is there before.</summary>
public class ProjectTextTests
{
    [TestCase("""
        <Project Sdk="Microsoft.NET.Sdk">

          <ItemGroup>
            <RemoteImage Include="https://h/b.png"  LocalPath='b.png'/> <!-- ours -->
        +    <RemoteImage Include="https://h/a.png" LocalPath="img/a.png" />
            <!-- <RemoteImage Include="https://h/c.png" /> -->
          </ItemGroup>

        </Project>
        """, TestName = "{m}: behind the last, and the comment about it")]
    [TestCase("""
        <Project Sdk="Microsoft.NET.Sdk">
        	<ItemGroup>
        		<RemoteImage Include="https://h/b.png">
        			<LocalPath>b.png</LocalPath>
        		</RemoteImage>
        +		<RemoteImage Include="https://h/a.png" LocalPath="img/a.png" />
        	</ItemGroup>
        </Project>
        """, TestName = "{m}: tabs, and metadata as elements")]
    [TestCase("""
        <Project Sdk="Microsoft.NET.Sdk">
          <ItemGroup>
            <RemoteImage Include="https://h/b.png" />
        +    <RemoteImage Include="https://h/a.png" LocalPath="img/a.png" />
          </ItemGroup>
          <ItemGroup Condition="'$(X)' == '>'">
            <RemoteImage Include="https://h/c.png" />
          </ItemGroup>
          <Target Name="T">
            <ItemGroup>
              <RemoteImage Include="https://h/d.png" />
            </ItemGroup>
          </Target>
          <Choose>
            <When Condition="'$(X)' == ''">
              <ItemGroup>
                <RemoteImage Include="https://h/e.png" />
              </ItemGroup>
            </When>
          </Choose>
        </Project>
        """, TestName = "{m}: not under a condition, nor in a target")]
    [TestCase("""
        <Project Sdk="Microsoft.NET.Sdk">

          <PropertyGroup>
            <X>1</X>
          </PropertyGroup>

        +  <ItemGroup>
        +    <RemoteImage Include="https://h/a.png" LocalPath="img/a.png" />
        +  </ItemGroup>
        +
        </Project>
        """, TestName = "{m}: a new group, as apart from the others as they are")]
    [TestCase("""
        <?xml version="1.0" encoding="utf-8"?>
        <!DOCTYPE Project>
        <Project ToolsVersion="15.0" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
            <Import Project="x.props" />
            <ItemGroup />
        +    <ItemGroup>
        +        <RemoteImage Include="https://h/a.png" LocalPath="img/a.png" />
        +    </ItemGroup>
        </Project>
        """, TestName = "{m}: an old project")]
    [TestCase("""
        <Project>
          <!-- <ItemGroup> <RemoteImage Include="https://h/b.png" /> -->
        +  <ItemGroup>
        +    <RemoteImage Include="https://h/a.png" LocalPath="img/a.png" />
        +  </ItemGroup>
        </Project>
        """, TestName = "{m}: a comment is no group")]
    [TestCase("""
        <Project>
          <ItemGroup>
            <remoteImage include="x" Include="https://h/b.png" />
        +    <RemoteImage Include="https://h/a.png" LocalPath="img/a.png" />
            <RemoteImage Update="https://h/b.png" BuildAction="Content" />
            <RemoteImage Remove="https://h/c.png" />
          </ItemGroup>
        </Project>
        """, TestName = "{m}: what includes nothing is none")]
    public void An_image_is_added(string text)
    {
        foreach (var end in new[] { "\n", "\r\n" })
        {
            var lines = text.ReplaceLineEndings("\n").Split('\n');
            var before = string.Join(end, lines.Where(line => !line.StartsWith('+'))) + end;
            var after = string.Join(end, lines.Select(line => line.StartsWith('+') ? line[1..] : line)) + end;
            Assert.That(Added(before, "https://h/a.png", "img/a.png"), Is.EqualTo(after));
            Assert.That(Removed(after, "https://h/a.png"), Is.EqualTo(before), "and removed");
        }
    }

    [TestCase("<Project />", "<Project>\n  <ItemGroup>\n    <RemoteImage Include=\"u\" LocalPath=\"p\" />\n  </ItemGroup>\n</Project>")]
    [TestCase("<Project Sdk='x'  />",
        "<Project Sdk='x'>\n  <ItemGroup>\n    <RemoteImage Include=\"u\" LocalPath=\"p\" />\n  </ItemGroup>\n</Project>")]
    [TestCase("<Project></Project>",
        "<Project>\n  <ItemGroup>\n    <RemoteImage Include=\"u\" LocalPath=\"p\" />\n  </ItemGroup>\n</Project>")]
    [TestCase("<Project><ItemGroup><RemoteImage Include='v'/></ItemGroup></Project>",
        "<Project><ItemGroup><RemoteImage Include='v'/><RemoteImage Include=\"u\" LocalPath=\"p\" /></ItemGroup></Project>")]
    [TestCase("<m:Project xmlns:m='n'>\n</m:Project>\n",
        "<m:Project xmlns:m='n'>\n  <m:ItemGroup>\n    <m:RemoteImage Include=\"u\" LocalPath=\"p\" />\n  </m:ItemGroup>\n</m:Project>\n")]
    [TestCase("<Project>\n<PropertyGroup>\n<X>1</X>\n</PropertyGroup>\n</Project>", "<Project>\n<PropertyGroup>\n<X>1</X>\n</PropertyGroup>\n<ItemGroup>\n  <RemoteImage Include=\"u\" LocalPath=\"p\" />\n</ItemGroup>\n</Project>")]
    public void Odd_forms_get_it_too(string before, string after) => Assert.That(Added(before, "u", "p"), Is.EqualTo(after));

    [TestCase("https://h/a.png", "", "Include=\"https://h/a.png\"")]
    [TestCase("https://h/a%20b%3B.png", "", "Include=\"https://h/a%20b%3B.png\"", TestName = "{m}: escapes of a URL stay")]
    [TestCase("https://h/a.png?v=1&w=2", "a.png", "Include=\"https://h/a.png?v=1&amp;w=2\" LocalPath=\"a.png\"")]
    [TestCase("https://h/a.png?sig=x%2B",
        "img/a.png", "Include=\"img/a.png\" Url=\"https://h/a.png?sig=x%2B\" LocalPath=\"img/a.png\"",
        TestName = "{m}: escapes that an Include cannot carry")]
    [TestCase("https://h/a.png?sig=x%2B", "", "Include=\"https://h/a.png\" Url=\"https://h/a.png?sig=x%2B\"")]
    [TestCase("https://h/*.png", "img/", "Include=\"https://h/\" Url=\"https://h/*.png\" LocalPath=\"img/\"")]
    [TestCase("https://h/a;b.png", "a;b.png", "Include=\"https://h/a%3Bb.png\" LocalPath=\"a%3bb.png\"")]
    [TestCase("https://h/$([System.IO.File]::ReadAllText('x')).png",
        "$(X)@(Y)%(Z).png",
        "Include=\"https://h/$%28[System.IO.File]::ReadAllText('x')).png\" LocalPath=\"%24%28X%29%40%28Y%29%25%28Z%29.png\"")]
    [TestCase("https://h/@(X)%(Y).png", "a.png", "Include=\"https://h/@%28X)%%28Y).png\" LocalPath=\"a.png\"")]
    [TestCase("https://h/\"><!--'&amp;.png",
        "\"--><a>.png", "Include=\"https://h/&quot;&gt;&lt;!--'&amp;amp%3B.png\" LocalPath=\"&quot;--&gt;&lt;a&gt;.png\"")]
    [TestCase("https://h/größe.png", "größe.png", "Include=\"https://h/größe.png\" LocalPath=\"größe.png\"")]
    public void What_means_something_to_MSBuild_or_XML_is_escaped(string url, string path, string expected) =>
        Assert.That(Added("<Project>\n</Project>", url, path), Does.Contain($"    <RemoteImage {expected} />\n"));

    [Test]
    public void What_an_encoding_lacks_is_a_reference() => Assert.That(
        ProjectText.Read("<Project>\n</Project>", out _, out _)!.With("https://h/ö\U0001F600.png", "", inAscii: true).Replacement,
        Does.Contain("Include=\"https://h/&#xF6;&#x1F600;.png\""));

    [TestCase("<ItemGroup>\n<RemoteImage Include='a'/>\n<RemoteImage Include='b'/>\n</ItemGroup>",
        "a", "<ItemGroup>\n<RemoteImage Include='b'/>\n</ItemGroup>")]
    [TestCase("<ItemGroup>\n<RemoteImage Include='a'/>\n<Other/>\n</ItemGroup>", "a", "<ItemGroup>\n<Other/>\n</ItemGroup>")]
    [TestCase("<ItemGroup>\n<RemoteImage Include='a'/>\n<!-- x -->\n</ItemGroup>", "a", "<ItemGroup>\n<!-- x -->\n</ItemGroup>")]
    [TestCase("<ItemGroup Condition=''>\n<RemoteImage Include='a'/>\n</ItemGroup>", "a", "<ItemGroup Condition=''>\n</ItemGroup>")]
    [TestCase("<ItemGroup>\n<RemoteImage Include='a'/> <!-- x -->\n</ItemGroup>", "a", "<ItemGroup>\n <!-- x -->\n</ItemGroup>")]
    [TestCase("<ItemGroup><RemoteImage Include='a'/><RemoteImage Include='b'/></ItemGroup>",
        "b", "<ItemGroup><RemoteImage Include='a'/></ItemGroup>")]
    [TestCase("<Target Name='t'>\n<ItemGroup>\n<RemoteImage Include='a'/>\n<X/>\n</ItemGroup>\n</Target>",
        "a", "<Target Name='t'>\n<ItemGroup>\n<X/>\n</ItemGroup>\n</Target>")]
    [TestCase("<ItemGroup>\n<RemoteImage Include='x' Url='a'/>\n<RemoteImage Include='y'><url>b</url></RemoteImage>\n<X/>\n</ItemGroup>",
        "a,b", "<ItemGroup>\n<X/>\n</ItemGroup>")]
    [TestCase("<ItemGroup>\n<RemoteImage Include='x' localpath='img\\a%20b.png'/>\n<X/>\n</ItemGroup>",
        "img/a b.png", "<ItemGroup>\n<X/>\n</ItemGroup>")]
    [TestCase("<X/>\n\n<ItemGroup>\n<RemoteImage Include='a'/>\n</ItemGroup>\n\n<Y/>", "a", "<X/>\n\n<Y/>")]
    public void Images_are_removed(string before, string names, string after) =>
        Assert.That(Removed($"<Project>\n{before}\n</Project>", names.Split(',')), Is.EqualTo($"<Project>\n{after}\n</Project>"));

    [TestCase("", "is not XML: Root element is missing", 0)]
    [TestCase("{}", "is not XML: ", 1)]
    [TestCase("<Project>\n<X>\n</Project>", "is not XML: ", 3)]
    [TestCase("<Project>&x;</Project>", "is not XML: ", 1)]
    [TestCase("<html></html>", "is no project: its root is <html>, and not <Project>", 0)]
    public void What_is_no_project_is_told(string text, string problem, int line) => Assert.Multiple(() =>
    {
        Assert.That(ProjectText.Read(text, out var told, out var at), Is.Null);
        Assert.That(told, Does.StartWith(problem));
        Assert.That(at, Is.EqualTo(line));
    });

    private static string Added(string text, string url, string path)
    {
        var project = ProjectText.Read(text, out var problem, out _);
        Assert.That(problem, Is.Null);
        return project!.With(url, path).In(text);
    }

    private static string Removed(string text, params string[] names)
    {
        var project = ProjectText.Read(text, out _, out _)!;
        return project.Without([.. project.Items.Where(item => Array.Exists(names, item.IsCalled))]).Aggregate(text, (rest, edit) => edit.In(rest));
    }
}

using System.Globalization;
using System.Security.Cryptography;
using ImageSync.Testing;
using Microsoft.Build.Utilities;
using Task = System.Threading.Tasks.Task;

namespace ImageSync.MSBuild.Tests;

/// <summary>DECLARE: what the items say, and what is wrong with them.</summary>
public class Declarations
{
    private readonly byte[] _image = SampleImages.Png(1, 3000);
    private ScriptedOrigin _origin;
    private TaskRun _run;

    [SetUp]
    public void SetUp() => (_origin, _run) = (new ScriptedOrigin(), new TaskRun());

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    // How MSBuild hands an Include over: plain ones escaped as written, those with a wildcard escaped by itself.
    [TestCase("/a%20b%2Fc.png", "/a%20b%2Fc.png")]
    [TestCase("/x%3By.png", "/x%3By.png")]
    [TestCase("/it's(1)%41.png", "/it's(1)%41.png")]
    [TestCase("/logo%402x.png%3fv=1&w=2", "/logo@2x.png?v=1&w=2")]
    [TestCase("/it%27s%281%29 z.png%3fv=1", "/it's(1)%20z.png?v=1")]
    [TestCase("/a%25b.png", "/a%25b.png")]
    public void Include_reaches_the_origin_as_it_was_written(string include, string target)
    {
        _origin.On(target, Reply.Ok(_image));
        Assert.That(
            _run.Execute(_origin.Url(include), ("LocalPath", "a.png")),
            Is.True,
            string.Join('\n', _run.Engine.Errors.Select(error => error.Message)));
    }

    [Test]
    public void Url_takes_the_place_of_Include()
    {
        _origin.On("/a%2Fb.png?sig=x%2B", Reply.Ok(_image));
        Assert.That(_run.Execute("just a name", ("Url", _origin.Url("/a%2Fb.png?sig=x%2B")), ("LocalPath", "a.png")));
        Assert.That(_run.Synced.Single().GetMetadata("Url"), Is.EqualTo(_origin.Url("/a%2Fb.png?sig=x%2B")));
    }

    [TestCase("/img/logo.png", "logo.png")]
    [TestCase("/img/gr%C3%B6%C3%9Fe%20x.png?v=1", "größe x.png")]
    [TestCase("/img/a%2Fb.png", "b.png")]
    public void An_item_of_a_target_without_LocalPath_is_named_by_its_URL(string target, string expected)
    {
        _origin.On(target, Reply.Ok(_image));
        Assert.That(_run.Execute("name", ("Url", _origin.Url(target))));
        Assert.That(_run.Synced.Single().ItemSpec, Is.EqualTo(expected));
    }

    // As they arrive from an attribute that was wrapped, and from an element over several lines.
    [Test]
    public void White_space_around_a_text_is_none_of_it([Values(" {0}", "{0} ", "\n    {0}\r\n  ", "\t{0}\t")] string around)
    {
        _origin.On("/b%20c.png?v=1", request => request.Header("X-A") == "1" ? Reply.Ok(_image) : Reply.Status(403));
        (string Name, string Value)[] metadata =
        [
            ("Url", _origin.Url("/b%20c.png?v=1")), ("LocalPath", "img/a.png"),
            ("Sha256", Convert.ToHexString(SHA256.HashData(_image))), ("MediaType", "image/png"),
            ("MaxAge", "00:15:00"), ("MaxBytes", "100000"), ("Optional", "true"), ("RequestHeaders", "X-A: 1"),
            ("IgnoreQuery", "true"), ("BuildAction", "Content"), ("Watch", "true"),
        ];
        var item = TaskRun.Item("n", [.. metadata.Select(pair =>
            (pair.Name, string.Format(CultureInfo.InvariantCulture, around, pair.Value)))]);
        Assert.That(_run.Execute([item]), Is.True, string.Join('\n', _run.Engine.Errors.Select(error => error.Message)));
        Assert.That(_run.Synced.Single().ItemSpec, Is.EqualTo("img/a.png"));
        Assert.That(File.ReadAllBytes(_run.Project.PathOf("img/a.png")), Is.EqualTo(_image));
        var file = _run.Files.Single();
        Assert.That((file.ItemSpec, file.GetMetadata("BuildAction"), file.GetMetadata("Watch")),
            Is.EqualTo(("img/a.png", "Content", "true")));
    }

    [Test]
    public void White_space_alone_is_nothing()
    {
        _origin.On("/b.png", Reply.Ok(_image));
        string[] names = ["Url", "LocalPath", "Sha256", "MediaType", "MaxAge", "MaxBytes", "Optional", "RequestHeaders",
            "IgnoreQuery", "BuildAction", "Watch"];
        Assert.That(_run.Execute([TaskRun.Item(_origin.Url("/b.png"), [.. names.Select(name => (name, " \r\n\t"))])], task =>
            task.Directory = "images/"), Is.True);
        Assert.That((_run.Synced.Single().ItemSpec, _run.Files.Length), Is.EqualTo(("images/b.png", 0)));
    }

    [TestCase("logo.png", "", "IMGSYNC1001", "is not an absolute http or https URL")]
    [TestCase("ftp://127.0.0.1/logo.png", "a.png", "IMGSYNC1001",
        "the URL \"ftp://127.0.0.1/logo.png\" is not an absolute http or https URL")]
    [TestCase("https://me:s3cret@127.0.0.1/logo.png", "a.png", "IMGSYNC1001", "Authorization: Bearer ${TOKEN}")]
    [TestCase("ftp://me:s3cret@127.0.0.1/logo.png?key=s3cret", "a.png", "IMGSYNC1001", "is not an absolute http or https URL")]
    [TestCase("me:s3cret@127.0.0.1/logo.png?key=s3cret", "a.png", "IMGSYNC1001", "is not an absolute http or https URL")]
    [TestCase("http://127.0.0.1/", "", "IMGSYNC1002", "ends without a file name")]
    [TestCase("http://127.0.0.1/a.png", "img/", "IMGSYNC2001", "img/a.png")]
    [TestCase("logo.png", "images/", "IMGSYNC1001", "is not an absolute http or https URL")]
    [TestCase("# the brand's", "images/", "IMGSYNC1001", "the URL \"# the brand's\" is not")]
    [TestCase("#https://127.0.0.1/logo.png?key=s3cret", "images/", "IMGSYNC1001", "the URL \"#https://127.0.0.1/logo.png?key=…\" is not")]
    [TestCase("http://127.0.0.1/brand/", "img/", "IMGSYNC1002", "ends without a file name, and the LocalPath is a folder")]
    [TestCase("http://127.0.0.1/a.png", "wwwroot", "IMGSYNC1002",
        "the LocalPath \"wwwroot\" is that of the folder which a web project serves; if you mean a file in it, add a slash")]
    [TestCase("http://127.0.0.1/a.png", "../a.png", "IMGSYNC1002", "outside the project's directory")]
    [TestCase("http://127.0.0.1/a.png", "img/../../a.png", "IMGSYNC1002", "outside the project's directory")]
    [TestCase("http://127.0.0.1/a.png", "/etc/a.png", "IMGSYNC1002", "outside the project's directory")]
    [TestCase("http://127.0.0.1/a.png", "/img/a.png", "IMGSYNC1002",
        "Without the slash at its beginning it is below the project's directory: \"img/a.png\".")]
    [TestCase("http://127.0.0.1/a.png", "~/m/a.png", "IMGSYNC1002",
        "begins with \"~/\", which means nothing here. Without ~/ at its beginning it is below the project's directory: \"m/a.png\".")]
    [TestCase("http://127.0.0.1/a.png", "~\\m\\", "IMGSYNC1002",
        "Without ~/ at its beginning it is below the project's directory: \"m/\".")]
    [TestCase("http://127.0.0.1/a.png", "C:\\m\\a.png", "IMGSYNC1002",
        "the LocalPath \"C:/m/a.png\" is absolute, and local paths are relative to the project's directory.")]
    [TestCase("http://127.0.0.1/a.png", "d:/m/", "IMGSYNC1002", "the LocalPath \"d:/m/\" is absolute")]
    [TestCase("http://127.0.0.1/a.png", "\\img\\", "IMGSYNC1002",
        "the LocalPath \"/img/\" is outside the project's directory. "
        + "Without the slash at its beginning it is below the project's directory: \"img/\".")]
    [TestCase("http://127.0.0.1/a.png", "/", "IMGSYNC1002",
        "the LocalPath \"/\" is outside the project's directory. For the project's directory, write \"./\".")]
    [TestCase("http://127.0.0.1/a.png", ".", "IMGSYNC1002",
        "the LocalPath \".\" names a folder, not a file. If you mean a file in that folder, end the LocalPath with a slash: \"./\".")]
    [TestCase("http://127.0.0.1/a.png", "img/.", "IMGSYNC1002", "the LocalPath \"img/.\" names a folder, not a file.")]
    [TestCase("http://127.0.0.1/a.png", "img/..", "IMGSYNC1002", "the LocalPath \"img/..\" names a folder, not a file.")]
    [TestCase("http://127.0.0.1/a.png", "..", "IMGSYNC1002", "the LocalPath \"..\" is outside the project's directory.")]
    [TestCase("http://127.0.0.1/a.png", "../img/", "IMGSYNC1002", "the LocalPath \"../img/\" is outside the project's directory.")]
    [TestCase("http://127.0.0.1/a.png", "con/", "IMGSYNC1002",
        "the LocalPath \"con/\" contains the name \"con\", which Windows cannot have")]
    [TestCase("http://127.0.0.1/con.png", "img/", "IMGSYNC1002",
        "the URL's file name \"con.png\" contains the name \"con.png\", which Windows cannot have")]
    [TestCase("http://127.0.0.1/a/%2E%2E", "", "IMGSYNC1002", "ends without a file name")]
    [TestCase("http://127.0.0.1/a/..%2F..", "img/", "IMGSYNC1002", "ends without a file name")]
    [TestCase("http://127.0.0.1/a/%5C.", "img/", "IMGSYNC1002", "ends without a file name")]
    [TestCase("http://127.0.0.1/Index.cshtml", "img/", "IMGSYNC1002",
        "the URL's file name \"Index.cshtml\" ends in \".cshtml\", which is not an image extension")]
    [TestCase("http://127.0.0.1/a.png", "Pages/Index.cshtml", "IMGSYNC1002", "the LocalPath \"Pages/Index.cshtml\" ends in \".cshtml\"")]
    [TestCase("http://127.0.0.1/_redirects", "wwwroot/", "IMGSYNC1002",
        "the URL's file name \"_redirects\" has no extension, and some tools and servers obey files of such names")]
    [TestCase("http://127.0.0.1/Makefile", "./", "IMGSYNC1002", "the URL's file name \"Makefile\" has no extension")]
    [TestCase("http://127.0.0.1/a.png", ".editorconfig", "IMGSYNC1002", "ends in \".editorconfig\"")]
    [TestCase("http://127.0.0.1/a.png", ".git/hooks/post-checkout", "IMGSYNC1002", "in a repository's own folder")]
    [TestCase("http://127.0.0.1/$(OS).png", "img/", "IMGSYNC1002", "which MSBuild would expand")]
    [TestCase("http://127.0.0.1/a%60.png", "img/", "IMGSYNC1002", "holds a backtick")]
    [TestCase("http://127.0.0.1/a.png", "img/con.png", "IMGSYNC1002", "which Windows cannot have")]
    [TestCase("http://127.0.0.1/a.png", "Lpt1/a.png", "IMGSYNC1002", "which Windows cannot have")]
    [TestCase("http://127.0.0.1/a.png", "img./a.png", "IMGSYNC1002", "which Windows cannot have")]
    [TestCase("http://127.0.0.1/a.png", "a\u0001.png", "IMGSYNC1002", "the control character U+0001, which a file name cannot have")]
    public void What_is_wrong_is_told_with_what_to_do(string include, string localPath, string code, string words)
    {
        Assert.That(
            _run.Execute([TaskRun.Item(include, ("LocalPath", localPath), ("Optional", "false"))], task => task.Offline = "false"),
            Is.False);
        Assert.That(_run.Engine.Errors.Single().Code, Is.EqualTo(code));
        Assert.That(_run.Engine.Errors[0].Message, Does.Contain(words).And.Not.Contain("s3cret"));
    }

    [TestCase("http://127.0.0.1/a.png?x=1;y=2", true)]
    [TestCase("http://127.0.0.1/a;v=2.png", true)]
    [TestCase("http://127.0.0.1/a.png;b.png", false)]
    [TestCase("a.png;b=1", false)]
    public void A_URL_that_MSBuild_has_split_is_told_as_one(string include, bool isTold)
    {
        var items = include.Split(';').Select((text, i) => TaskRun.Item(text, ("LocalPath", $"{i}.png"), ("Optional", "false")));
        Assert.That(_run.Execute(items, task => task.Offline = "true"), Is.False);
        var last = _run.Engine.Errors.Last(error => error.Code == "IMGSYNC1001").Message!;
        Assert.That(last.Contains("If this is the rest of the URL before it, write %3B", StringComparison.Ordinal), Is.EqualTo(isTold));
    }

    // What an item has of the project's properties it cannot mend.
    [TestCase("../shared/",
        "the folder \"../shared/\" (ImageSyncDirectory) is outside the project's directory. Set ImageSyncDirectory to a folder")]
    [TestCase("/srv/img/",
        "the folder \"/srv/img/\" (ImageSyncDirectory) is outside the project's directory. "
        + "Without the slash at its beginning it is below the project's directory: \"srv/img/\".")]
    [TestCase("a\nb/", "(ImageSyncDirectory) has a line break (U+000A), which a file name cannot have")]
    public void A_folder_of_the_project_is_called_by_its_property(string directory, string words)
    {
        foreach (var evaluated in new[] { false, true })
        {
            (string, string)[] metadata = evaluated ? [("LocalPath", directory + "a.png"), ("_ImageSyncName", "a.png")] : [];
            var item = TaskRun.Item("http://127.0.0.1/a.png", metadata);
            Assert.That(_run.Execute([item], task => task.Directory = directory), Is.False);
            Assert.That(_run.Engine.Errors.Single().Code, Is.EqualTo("IMGSYNC1002"));
            Assert.That(_run.Engine.Errors[0].Message, Does.Contain(words.Replace('\n', ' ')).And.Not.Contain("the LocalPath \""));
        }
    }

    [TestCase("http://127.0.0.1/a%3Ab.png", "the URL's file name \"a:b.png\" has the character \":\"")]
    [TestCase("http://127.0.0.1/brand/", "the URL's path ends without a file name, and the item has no LocalPath")]
    public void What_the_URL_gives_is_not_called_a_LocalPath(string url, string words)
    {
        Assert.That(_run.Execute([TaskRun.Item(url)], task => task.Directory = "images/"), Is.False);
        Assert.That(_run.Engine.Errors.Single().Message, Does.Contain(words).And.Not.Contain("the LocalPath"));
    }

    [Test]
    public void A_symbolic_link_must_not_lead_outside()
    {
        var outside = Directory.CreateDirectory(_run.Project.PathOf("../outside-" + Guid.NewGuid().ToString("N")));
        Directory.CreateSymbolicLink(_run.Project.PathOf("img"), outside.FullName);
        Directory.CreateSymbolicLink(_run.Project.PathOf("via"), _run.Project.PathOf("img/deeper"));
        foreach (var path in new[] { "img/a.png", "via/a.png" })
        {
            Assert.That(_run.Execute("http://127.0.0.1:1/a.png", ("LocalPath", path)), Is.False);
            Assert.That(
                _run.Engine.Errors.Single().Message, Does.Contain("leads outside the project's directory through a symbolic link"), path);
        }

        outside.Delete(recursive: true);
    }

    [TestCase("img/a.png", "img/a.png")]
    [TestCase("img/a.png", "img/A.PNG")]
    [TestCase("img/a.png", "img/../img/./a.png")]
    [TestCase("img/a.png", "img\\a.png")]
    public void Two_items_for_one_file(string first, string second)
    {
        _origin.On("/1.png", Reply.Ok(_image)).On("/2.png", Reply.Ok(_image));
        Assert.That(_run.Execute([TaskRun.Item(_origin.Url("/1.png"), ("LocalPath", first)), TaskRun.Item(_origin.Url("/2.png"), ("LocalPath", second))]), Is.False);
        Assert.That(_run.Engine.Errors.Single().Code, Is.EqualTo("IMGSYNC1003"));
        Assert.That(_origin.RequestsTo("/2.png"), Is.Empty);
    }

    [TestCase("wwwroot/img", "wwwroot/img/b.png")]
    [TestCase("wwwroot/img", "wwwroot/IMG/b.png")]
    [TestCase("wwwroot\\img", "./wwwroot/img/deep/er/b.png")]
    [TestCase("img", "img/x.png")]
    public void A_file_where_another_item_needs_a_folder(string file, string inside)
    {
        _origin.On("/1.png", Reply.Ok(_image)).On("/2.png", Reply.Ok(_image)).On("/3.png", Reply.Ok(_image));
        var items = new[] { ("/1.png", "img.png"), ("/2.png", file), ("/3.png", inside) }.Select(item =>
            TaskRun.Item(_origin.Url(item.Item1), ("LocalPath", item.Item2), ("BuildAction", "Content"))).ToList();
        foreach (var order in new[] { items, [.. items.AsEnumerable().Reverse()] })
        {
            Assert.That(_run.Execute(order), Is.False);
            var error = _run.Engine.Errors.Single();
            var (path, folder) = (file.Replace('\\', '/'), inside.TrimStart('.', '/'));
            Assert.That((error.Code, error.Message), Is.EqualTo(("IMGSYNC1003",
                $"{file}: the LocalPath \"{path}\" is a file, but the item {_origin.Url("/3.png")} needs a folder there for its \"{folder}\". "
                + $"If you mean the folder, end the LocalPath with a slash: \"{path}/\". Otherwise change one of the two.")));
            Assert.That(_run.Synced.Count(item => item.GetMetadata("Status") == "Failed"), Is.EqualTo(1));
            Assert.That(_run.Files.Select(item => item.ItemSpec), Is.EquivalentTo(new[] { "img.png", folder }));
        }

        Assert.That(_origin.RequestsTo("/2.png"), Is.Empty);
    }

    // As $([System.IO.File]::ReadAllText('urls.txt')) arrives: its semicolons are no separators.
    [TestCase("%3b", "")]
    [TestCase("%3b", "?v=1")]
    [TestCase("%0A", "")]
    public void A_list_that_is_one_text_is_told_in_short(string separator, string query)
    {
        var url = string.Join(separator, Enumerable.Range(1, 400).Select(i => _origin.Url($"/gallery/{i}.png{query}")));
        foreach (var (name, value) in new[] { ("LocalPath", "a.png"), ("LocalPath", "a.exe"), ("RequestHeaders", "nonsense") })
        {
            Assert.That(_run.Execute("n", ("Url", url), (name, value)), Is.False);
            var message = _run.Engine.Errors.Single().Message!;
            Assert.That(message, Does.Contain("The URL is several URLs in one text: declare the file that has them as a RemoteImageList."));
            Assert.That(message.Length, Is.LessThan(1_500));
        }
    }

    // No escape is asked for where the fragment is meant.
    [TestCase("/C#.png", "If the # belongs to the file's name, write %23 instead.")]
    [TestCase("/C#.PNG?v=1",
        "write %23 instead, and the URL as metadata Url: MSBuild undoes the escapes of an Include with a ?.")]
    [TestCase("/issue#12/logo.svg", "write %23 instead.")]
    [TestCase("/sprite.svg#icon", null)]
    [TestCase("/sprite.svg#icon.svg", null)]
    [TestCase("/sprite.svg?v=1#icon.svg", null)]
    [TestCase("/photo#page=2", null)]
    [TestCase("/C%23.png", null)]
    public void A_number_sign_that_cuts_a_name_short_is_told(string target, string? words)
    {
        _origin.On(target.Split('#')[0], Reply.Ok(_image));
        Assert.That(_run.Execute("n", ("Url", _origin.Url(target)), ("LocalPath", "a.png")), Is.True);
        var cause = $"a.png: what follows the # of a URL is not sent, so ImageSync asks for {_origin.Url(target.Split('#')[0])}. ";
        var told = _run.Engine.Warnings.Where(warning => warning.Code == "IMGSYNC1007").Select(warning => warning.Message).ToList();
        Assert.That(told, Has.Count.EqualTo(words is null ? 0 : 1));
        Assert.That(told, Is.All.StartsWith(cause).And.All.EndsWith(words ?? ""));
    }

    // An inner build leaves what the outer one has synced.
    [Test]
    public void A_number_sign_is_told_once()
    {
        _origin.On("/C", Reply.Ok(_image));
        var item = TaskRun.Item(_origin.Url("/C#.png"), ("LocalPath", "a.png"));
        Assert.That(_run.Execute([item]));
        Assert.That(_run.Engine.Warnings, Has.Count.EqualTo(1));
        Assert.That(_run.Execute([item], task => task.AlreadySynced = [.. _run.Synced.Select(synced => new TaskItem(synced))]));
        Assert.That(_run.Engine.Warnings, Is.Empty);
    }

    [Test]
    public void A_number_sign_that_leaves_no_name_is_told()
    {
        Assert.That(_run.Execute(_origin.Url("/#1.png"), ("LocalPath", "img/")), Is.False);
        Assert.That(_run.Engine.Errors.Single().Message, Does.Contain("ends without a file name")
            .And.EndsWith("If the # belongs to the file's name, write %23 instead."));
    }

    [Test]
    public void A_variable_that_is_not_set()
    {
        Assert.That(_run.Execute("http://127.0.0.1:1/a.png", ("RequestHeaders", "X-Key: ${IMAGESYNC_NO_SUCH_VARIABLE}")), Is.False);
        Assert.That((_run.Engine.Errors.Single().Code, _run.Engine.Errors[0].Message), Is.EqualTo(("IMGSYNC1005",
            "http://127.0.0.1:1/a.png: RequestHeaders names the environment variable IMAGESYNC_NO_SUCH_VARIABLE, which is not set. Set IMAGESYNC_NO_SUCH_VARIABLE, or remove it from RequestHeaders.")));
    }

    [Test]
    public void A_variable_that_breaks_its_line_is_an_error_and_not_shown()
    {
        Assert.That(_run.Execute(_origin.Url("/a.png"), ("RequestHeaders", $"X-Key: ${{{Variables.Broken}}}")), Is.False);
        Assert.That((_run.Engine.Errors.Single().Code, _origin.Requests.Count), Is.EqualTo(("IMGSYNC1005", 0)));
        Assert.That(_run.Engine.Errors[0].Message, Does.Contain("a line break").And.Not.Contain("s3cret").And.Not.Contain("Evil"));
    }

    [Test]
    public void A_host_that_is_not_allowed_is_not_contacted()
    {
        Assert.That(
            _run.Execute([TaskRun.Item(_origin.Url("/a.png"), ("LocalPath", "a.png"))], task => task.AllowedHosts = "cdn.example"),
            Is.False);
        Assert.That((_run.Engine.Errors.Single().Code, _origin.Requests.Count), Is.EqualTo(("IMGSYNC1006", 0)));
    }

    [Test]
    public void A_secret_does_not_go_in_clear_to_the_mirror_of_an_https_URL()
    {
        _origin.On("/cdn/a.png", Reply.Ok(_image)).On("/cdn/b.png", Reply.Ok(_image));
        Assert.That(_run.Execute(
            [
                TaskRun.Item("https://cdn.example/a.png", ("LocalPath", "a.png"), ("RequestHeaders", "X-Key: ${PATH}")),
                TaskRun.Item("https://cdn.example/b.png", ("LocalPath", "b.png"), ("RequestHeaders", "X-Key: public")),
                TaskRun.Item("http://cdn.example/b.png", ("LocalPath", "c.png"), ("RequestHeaders", "X-Key: ${PATH}")),
            ], task => task.Mirror = $"https://cdn.example={_origin.Url("/cdn")}\n http://cdn.example={_origin.Url("/cdn")}"), Is.False);
        Assert.That((_run.Engine.Errors.Single().Code, _run.Engine.Errors[0].Message), Is.EqualTo(("IMGSYNC1004",
            $"a.png: RequestHeaders names an environment variable, and ImageSyncMirror sends the request to {_origin.Url("/cdn/a.png")}, so that the secret would not be encrypted. " +
            "Use https for the mirror, or map this URL to itself in ImageSyncMirror.")));
        Assert.That(
            _origin.Requests.Select(request => (request.Target, request.Header("X-Key"))),
            Is.EquivalentTo(new[] { ("/cdn/b.png", "public"), ("/cdn/b.png", Environment.GetEnvironmentVariable("PATH")) }));
    }

    [Test]
    public void Credentials_of_a_mirror_are_not_shown()
    {
        Assert.That(_run.Execute([TaskRun.Item(_origin.Url("/a.png"))], task => task.Mirror = "https://cdn.example=http://user:s3cret@cache.example"), Is.False);
        Assert.That(
            _run.Engine.Errors.Single().Message,
            Does.Contain("ImageSyncMirror is \"https://cdn.example=http://…@cache.example\"").And.Contain("without credentials"));
    }

    [Test]
    public void Errors_of_one_item_do_not_stop_the_others()
    {
        _origin.On("/a.png", Reply.Ok(_image));
        Assert.That(_run.Execute([TaskRun.Item("nonsense"), TaskRun.Item(_origin.Url("/a.png"), ("LocalPath", "a.png"))]), Is.False);
        Assert.That(_run.Synced.Select(item => item.GetMetadata("Status")), Is.EqualTo(new[] { "Failed", "Added" }));
    }
}

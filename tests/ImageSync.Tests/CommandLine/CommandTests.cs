using System.Text.Json;
using ImageSync.Pipe;
using ImageSync.Testing;

namespace ImageSync.Tests.CommandLine;

/// <summary>The command over a list and an origin.</summary>
public class CommandTests
{
    private ScriptedOrigin _origin;
    private CommandRun _run;
    private int _version;

    [SetUp]
    public void Start()
    {
        _version = 1;
        _run = new CommandRun();
        _origin = new ScriptedOrigin()
            .Otherwise(request => Reply.Current(request, SampleImages.Png(_version, 2_000), $"\"{_version}\""))
            .On("/gone.png", Reply.Status(404));
    }

    [TearDown]
    public async Task StopAsync() => await _origin.DisposeAsync();

    [Test]
    public void Sync_fetches_what_changed_and_says_so()
    {
        Declare("/a.png img/logo.png", "/b.png", "/c.png img/");
        Assert.That(_run.Of("sync LIST"), Is.Zero);
        Assert.That(_run.Output, Does.StartWith("  added: img/logo.png, 2 KB\n").And.Contain("added: images/b.png").And.Contain("added: img/c.png")
            .And.Contain("\n3 images, 3 added, "));
        Assert.That(_run.Errors, Is.Empty);

        Assert.That(_run.Of("sync LIST"), Is.Zero);
        Assert.That(_run.Output, Does.Match("^3 images, 3 not modified, 0 B received, .* not sent again, [0-9.]+ s\n$"));

        _version = 2;
        Assert.That(_run.Of("sync LIST"), Is.Zero);
        Assert.That(_run.Output, Does.Contain("updated: img/logo.png").And.Contain("3 images, 3 updated"));
    }

    [Test]
    public void What_is_known_is_beside_the_list_and_Git_leaves_it_out()
    {
        Declare("/a.png");
        _run.Of("sync LIST");
        Assert.That(_run.Folder.Files().Where(file => file.StartsWith('.')),
            Is.EquivalentTo(new[] { ".imagesync/.gitignore", ".imagesync/images.txt.imagesync.cache", ".imagesync/images.txt.imagesync.cache.lock" }));
        Assert.That(_run.Folder.ReadText(".imagesync/.gitignore"), Is.EqualTo("*\n"));
    }

    [Test]
    public void An_image_is_called_by_the_path_that_an_option_gives_it()
    {
        Declare("/a.png");
        Assert.That(_run.Of("sync LIST --directory art --lock-file ~/images.lock.json"), Is.Zero);
        _version = 2;
        Assert.That(_run.Of("accept art/a.png --directory art --list LIST"), Is.Zero, () => _run.Errors);
        Assert.That(_run.Folder.Read("art/a.png"), Is.EqualTo(SampleImages.Png(2, 2_000)));
    }

    [TestCase("sync LIST --locked", "create the file with: imagesync sync ~/images.txt --lock-file ~/images.lock.json")]
    [TestCase("sync LIST --locked --lock-file ~/a.json",
        "Create it, and commit it, with: imagesync sync ~/images.txt --lock-file ~/a.json")]
    public void What_makes_a_lock_file_is_said(string line, string advice)
    {
        Declare("/a.png");
        Assert.That(_run.Of(line), Is.EqualTo(1));
        Assert.That(_run.Errors, Does.Contain(advice.Replace("~/", _run.Folder.FullPath + "/", StringComparison.Ordinal)));
    }

    // Each command reads it, also one that asks nobody.
    [Test]
    public void A_lock_file_that_cannot_be_read_is_told_of([Values("sync", "check", "status", "verify")] string command)
    {
        Declare("/a.png");
        _run.Of("sync LIST");
        _run.Folder.Write("images.lock.json", "{ <<<<<<< HEAD");
        Assert.That(_run.Of($"{command} LIST"), Is.EqualTo(1));
        Assert.That(_run.Errors, Does.Contain("error IMGSYNC4004"));
    }

    [TestCase("sync LIST", 1)]
    [TestCase("check LIST", 1)]
    [TestCase("check LIST --exit-code", 1)]
    public void A_failure_is_told_with_the_line_of_the_list(string line, int code)
    {
        _run.Folder.Write("images.txt", $"# brand\n\n{_origin.Url("/gone.png")}\n{_origin.Url("/a.png")}\n");
        Assert.That(_run.Of(line), Is.EqualTo(code));
        Assert.That(_run.Errors, Does.StartWith($"{_run.List}(3): error IMGSYNC2003: images/gone.png: "));
    }

    [Test]
    public void Check_writes_nothing_and_has_an_exit_code_for_changes()
    {
        Declare("/a.png");
        Assert.That(_run.Of("check LIST"), Is.Zero);
        Assert.That(_run.Of("check LIST --exit-code"), Is.EqualTo(3));
        Assert.That(_run.Errors, Does.Contain("(1): warning IMGSYNC2010: images/a.png: "));
        Assert.That(_run.Folder.Files(), Is.EqualTo(new[] { "images.txt" }));

        _run.Of("sync LIST");
        Assert.That(_run.Of("check LIST --exit-code"), Is.Zero);
        _version = 2;
        Assert.That(_run.Of("check LIST --exit-code"), Is.EqualTo(3));
    }

    [Test]
    public void A_lock_file_serves_where_it_is_there()
    {
        Declare("/a.png img/a.png", "/b.png img/b.png");
        _run.Of("sync LIST --lock-file ~/images.lock.json");
        Assert.That(_run.Of("verify LIST"), Is.Zero);

        _version = 2;
        Assert.That(_run.Of("sync LIST --locked"), Is.Zero);
        Assert.That(_run.Output, Does.Contain("2 fresh"));

        Assert.That(_run.Of("accept img/b.png --list " + _run.List), Is.Zero);
        Assert.That(_run.Output, Does.Contain("updated: img/b.png").And.Contain("1 image, 1 updated"));
        Assert.That(_run.Of("verify LIST"), Is.Zero);
        Assert.That(_run.Folder.Read("img/a.png"), Is.EqualTo(SampleImages.Png(1, 2_000)), "of the other image nothing was accepted");
        Assert.That(_run.Folder.ReadText("images.lock.json"), Does.Contain("img/a.png").And.Contain("img/b.png"));

        _run.Folder.Write("img/a.png", SampleImages.Png(9, 2_000));
        Assert.That(_run.Of("verify LIST"), Is.EqualTo(1));
        Assert.That(_run.Errors, Does.Contain("(1): error IMGSYNC3004: img/a.png: "));
    }

    [Test]
    public void Verify_needs_a_lock_file()
    {
        Declare("/a.png");
        Assert.That(_run.Of("verify LIST"), Is.EqualTo(2));
        Assert.That(_run.Errors,
            Does.Match("there is no lock file. Create one with: imagesync sync .*images.txt --lock-file .*images.lock.json\n"));
        Assert.That(_origin.Requests, Is.Empty);
    }

    [Test]
    public void Verify_misses_a_file_that_is_gone()
    {
        Declare("/a.png img/a.png", "/b.png img/b.png");
        _run.Of("sync LIST --lock-file ~/images.lock.json");
        _run.Folder.Delete("img/b.png");
        Assert.That(_run.Of("verify LIST"), Is.EqualTo(1));
        Assert.That(_run.Errors, Does.Contain("(2): error IMGSYNC2006: img/b.png: the lock file names it, and it does not exist."));
        Assert.That(_run.Of("verify LIST --json"), Is.EqualTo(1));
        Assert.That(_run.Output, Does.Contain("\"Result\": \"Failure\""));
    }

    [Test]
    public void Accept_needs_a_lock_file()
    {
        Declare("/a.png img/a.png");
        Assert.That(_run.Of("accept img/a.png --list LIST"), Is.EqualTo(2));
        Assert.That(_run.Errors, Does.Contain("there is no lock file to write it into"));
        Assert.That(_run.Folder.Exists("img/a.png"), Is.False);
    }

    [Test]
    public void Prune_leaves_what_another_list_has()
    {
        Declare("/a.png img/a.png");
        _run.Folder.Write("two.txt", _run.Folder.ReadText("images.txt"));
        _run.Of("sync LIST");
        _run.Of("sync ~/two.txt");
        _run.Of("remove img/a.png --list ~/two.txt");
        Assert.That(_run.Of("sync ~/two.txt --prune"), Is.Zero);
        Assert.That(_run.Output, Does.Contain("not pruned, though its line is gone: img/a.png (images.txt has it, too)"));
        Assert.That(_run.Folder.Exists("img/a.png"));

        _run.Folder.Delete("images.txt");
        _run.Of("sync ~/two.txt --prune");
        Assert.That(_run.Folder.Exists("img/a.png"), Is.False, "of a list that is gone it is nobody's");
    }

    [Test]
    public void The_list_is_no_images_place()
    {
        _run.Folder.Write("brand.svg", _origin.Url("/a.png brand.svg\n"));
        Assert.That(_run.Of("sync ~/brand.svg"), Is.EqualTo(1));
        Assert.That(_run.Errors, Does.Contain("(1): error IMGSYNC1002: brand.svg: the path \"brand.svg\" is that of the list itself."));
        Assert.That(_run.Folder.ReadText("brand.svg"), Does.StartWith("http"));
    }

    [TestCase("--summary-file")]
    [TestCase("--report")]
    [TestCase("--lock-file")]
    [TestCase("--manifest-file")]
    public void The_list_is_no_options_place(string option)
    {
        Declare("/a.png");
        var before = _run.Folder.ReadText("images.txt");
        Assert.That(_run.Of($"sync LIST {option} LIST"), Is.EqualTo(2));
        Assert.That(_run.Errors, Does.Contain("and that is the list itself"));
        Assert.That(_run.Folder.ReadText("images.txt"), Is.EqualTo(before));
    }

    [Test]
    public void Additions_at_a_time_are_all_made()
    {
        Parallel.For(0, 20, number => new CommandRun(_run.Folder).Of($"add {_origin.Url($"/{number}.png")} --list LIST"));
        Assert.That(_run.Folder.ReadText("images.txt").Split('\n'), Has.Length.EqualTo(21));
    }

    [TestCase("images/b.png")]
    [TestCase("./images/b.png")]
    public void An_image_is_called_by_its_file(string name)
    {
        Declare("/a.png", "/b.png");
        Assert.That(_run.Of($"remove {name} --list LIST"), Is.Zero);
        Assert.That(_run.Folder.ReadText("images.txt"), Is.EqualTo(_origin.Url("/a.png\n")));
    }

    [TestCase("../x.png", "is outside the list's folder")]
    [TestCase("img/a.png", "Give each line its own path")]
    [TestCase("img/a.txt", "is not an image extension")]
    public void Add_refuses_what_each_sync_would_refuse(string path, string reason)
    {
        Declare("/a.png img/a.png");
        Assert.That(_run.Of($"add {_origin.Url("/b.png")} {path} --list LIST"), Is.EqualTo(2));
        Assert.That(_run.Errors, Does.Contain(reason));
        Assert.That(_run.Folder.ReadText("images.txt"), Is.EqualTo(_origin.Url("/a.png img/a.png\n")));
    }

    [Test]
    public void An_at_sign_is_part_of_a_name()
    {
        Assert.That(_run.Of($"add {_origin.Url("/a.png")} @2x.png --list LIST"), Is.Zero);
        Assert.That(_run.Of("sync LIST"), Is.Zero);
        Assert.That(_run.Folder.Exists("@2x.png"));
    }

    // As of a variable that a script has not set.
    [TestCase("--cache-file")]
    [TestCase("--lock-file")]
    [TestCase("--max-age")]
    public void An_option_without_a_value_is_not_given(string option)
    {
        Declare("/a.png");
        Assert.That(_run.Of($"sync LIST {option} "), Is.Zero);
        Assert.That(_run.Folder.Exists(".imagesync/images.txt.imagesync.cache"));
    }

    [Test]
    public void Status_tells_of_files_without_a_request()
    {
        Declare("/a.png img/a.png", "/b.png img/b.png", "/c.png img/c.png", "/d.png img/d.png");
        _run.Of("sync LIST");
        _origin.Clear();
        _run.Folder.Delete("img/b.png");
        _run.Folder.Write("img/c.png", "edited");
        Declare("/a.png img/a.png", "/b.png img/b.png", "/c.png img/c.png", "/other.png img/d.png", "/e.png img/e.png");
        _run.Folder.Write("img/e.png", SampleImages.Png(3, 2_000));

        Assert.That(_run.Of("status LIST"), Is.Zero);
        Assert.That(_run.Output, Does.Contain("  up to date: img/a.png, 2 KB, confirmed less than a minute ago\n")
            .And.Contain("  missing: img/b.png\n").And.Contain("  edited: img/c.png, 6 B\n").And.Contain("  of another URL: img/d.png")
            .And.Contain("  not synced yet: img/e.png, 2 KB\n")
            .And.EndWith("5 images, 1 edited, 1 missing, 1 not synced yet, 1 of another URL, 1 up to date\n"));
        Assert.That(_origin.Requests, Is.Empty);
    }

    [Test]
    public void Quiet_tells_of_failures_alone_and_verbose_of_each_image()
    {
        Declare("/a.png", "/gone.png");
        _run.Of("sync LIST -q");
        Assert.That(_run.Output, Is.Empty);
        Assert.That(_run.Errors, Does.Contain("IMGSYNC2003"));

        _run.Of("sync LIST -v");
        Assert.That(_run.Output, Does.Contain("not modified: images/a.png").And.Contain("failed: images/gone.png"));
    }

    [TestCase("sync LIST --json", "SyncImages", "Added")]
    [TestCase("check LIST --json", "CheckImages", "Missing")]
    [TestCase("status LIST --json", "CheckImages", "Missing")]
    public void Results_are_those_of_a_build(string line, string target, string status)
    {
        Declare("/a.png img/a.png");
        Assert.That(_run.Of(line), Is.Zero);
        using var document = JsonDocument.Parse(_run.Output);
        var result = document.RootElement.GetProperty("TargetResults").GetProperty(target);
        var item = result.GetProperty("Items").EnumerateArray().Single();
        Assert.That(result.GetProperty("Result").GetString(), Is.EqualTo("Success"));
        Assert.That(item.GetProperty("Identity").GetString(), Is.EqualTo("img/a.png"));
        Assert.That(item.GetProperty("Status").GetString(), Is.EqualTo(status));
        Assert.That(item.EnumerateObject().Select(metadatum => metadatum.Name), Is.SubsetOf(SyncedImageMetadata.Names.Prepend("Identity")));
    }

    [Test]
    public void Max_age_spares_requests()
    {
        Declare("/a.png");
        _run.Of("sync LIST");
        _origin.Clear();
        _run.Of("sync LIST --max-age 01:00:00");
        Assert.That(_run.Output, Does.Contain("1 fresh"));
        Assert.That(_origin.Requests, Is.Empty);
    }

    [Test]
    public void A_report_names_the_lines_of_the_list()
    {
        _run.Folder.Write("images.txt", $"# brand\n{_origin.Url("/a.png")}\n");
        Assert.That(_run.Of("sync LIST --report ~/report.html"), Is.Zero);
        Assert.That(_run.Output, Does.Contain("the report is file://"));
        Assert.That(_run.Folder.ReadText("report.html"), Does.Contain(">images.txt:2<"));
    }

    [Test]
    public void Prune_deletes_what_has_left_the_list()
    {
        Declare("/a.png", "/b.png");
        _run.Of("sync LIST");
        Assert.That(_run.Of($"remove {_origin.Url("/b.png")} --list {_run.List}"), Is.Zero);
        Assert.That(_run.Of("sync LIST --prune"), Is.Zero);
        Assert.That(_run.Output, Does.Contain("pruned: images/b.png"));
        Assert.That(_run.Folder.Exists("images/b.png"), Is.False);
    }

    [Test]
    public void Add_makes_a_list_and_knows_what_it_has()
    {
        var url = _origin.Url("/a%20b.png");
        Assert.That(_run.Of($"add {url} img/ --list {_run.List}"), Is.Zero);
        Assert.That(_run.Of($"add {url} img/ --list {_run.List}"), Is.Zero);
        Assert.That(_run.Output, Does.Contain("(1) has it already"));
        Assert.That(_run.Folder.ReadText("images.txt"), Is.EqualTo($"{url} img/\n"));
        Assert.That(_run.Of("sync LIST"), Is.Zero);
        Assert.That(_run.Folder.Exists("img/a b.png"));
    }

    [TestCase("ftp://h/a.png", "is not an absolute http or https URL")]
    [TestCase("https://user:secret@h/a.png", "credentials")]
    [TestCase("a.png", "is not an absolute http or https URL")]
    [TestCase("--lits", "There is no option --lits")]
    public void Add_refuses_what_no_list_can_hold(string url, string reason)
    {
        Assert.That(_run.Of($"add {url} --list {_run.List}"), Is.EqualTo(2));
        Assert.That(_run.Errors, Does.Contain(reason).And.Not.Contain("secret"));
        Assert.That(_run.Folder.Exists("images.txt"), Is.False);
    }

    [TestCase("sync LIST --retries x", "the option --retries is \"x\", which is not valid")]
    [TestCase("sync LIST --max-age 15", "the option --max-age is \"15\"")]
    [TestCase("sync LIST --lock-file ~/a --report ~/a", "the option --report-file is")]
    [TestCase("sync LIST --nope", "Unrecognized command or argument '--nope'")]
    [TestCase("sync --nope", "There is no option --nope")]
    [TestCase("sync LIST more", "Unrecognized command or argument 'more'")]
    [TestCase("sync LIST --retries", "Required argument missing for option: '--retries'")]
    [TestCase("snyc", "'snyc'")]
    [TestCase("sync ~/other.txt", "the list is not there")]
    [TestCase("sync ~/", "the list is a folder")]
    [TestCase("sync ~/App.csproj", "the list is XML, and no list. If it is a project, sync its images with: dotnet build ")]
    [TestCase("accept nothing.png --list LIST --lock-file ~/l.json", "the list has no image \"nothing.png\"")]
    public void What_cannot_be_carried_out_is_a_usage_error(string line, string reason)
    {
        _run.Folder.Write("App.csproj", "\uFEFF<Project />");
        Declare("/a.png");
        Assert.That(_run.Of(line), Is.EqualTo(2));
        Assert.That(_run.Errors, Does.Contain(reason));
        Assert.That(_run.Output, Is.Empty);
        Assert.That(_origin.Requests, Is.Empty);
        Assert.That(_run.Folder.Exists("images/a.png"), Is.False);
    }

    [Test]
    public void A_list_that_is_no_text_is_none()
    {
        _run.Folder.Write("images.txt", SampleImages.Png(1, 2_000));
        Assert.That(_run.Of("sync LIST"), Is.EqualTo(2));
        Assert.That(_run.Errors, Does.Contain("is not text in UTF-8"));
    }

    [TestCase("")]
    [TestCase("# nothing yet\n")]
    public void A_list_without_images_is_in_step(string text)
    {
        _run.Folder.Write("images.txt", text);
        Assert.That(_run.Of("sync LIST"), Is.Zero);
        Assert.That(_run.Output, Does.Contain("has no images. Add one with: imagesync add URL"));
    }

    // A line of a stranger's list, told to a terminal.
    [Test]
    public void What_others_wrote_is_harmless_in_a_terminal()
    {
        _run.Folder.Write("images.txt", "https://h/\u001b[31m.png ../\u202eout.png\n");
        Assert.That(_run.Of("sync LIST"), Is.EqualTo(1));
        Assert.That(_run.Errors, Does.Not.Contain("\u001b").And.Not.Contain("\u202e"));
    }

    [Test]
    public void A_path_leads_out_of_the_lists_folder_for_nobody()
    {
        Declare("/a.png ../a.png", "/a.png /tmp/imagesync-out.png");
        Assert.That(_run.Of("sync LIST"), Is.EqualTo(1));
        Assert.That(_run.Errors, Does.Contain("(1): error IMGSYNC1002").And.Contain("(2): error IMGSYNC1002"));
        Assert.That(_origin.Requests, Is.Empty);
    }

    private void Declare(params string[] lines) =>
        _run.Folder.Write("images.txt", string.Concat(lines.Select(line => _origin.Url("") + line + "\n")));
}

extern alias TheCore;

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ImageSync.Storage;
using ImageSync.Testing;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Task = System.Threading.Tasks.Task;
using DeceptiveText = TheCore::ImageSync.Storage.DeceptiveText;

namespace ImageSync.MSBuild.Tests;

/// <summary>
/// Random mixes of what is a command, or becomes one, in every field that reaches the log, the items, the report and the
/// summary: no line of them holds a command or a control, as it is, normalised, or converted to a console's code page. The
/// seed is printed; IMAGESYNC_FUZZ_CASES and IMAGESYNC_FUZZ_SEED run more, or the same again.
/// </summary>
public partial class HostileLines
{
    private const int BatchSize = 100;
    private static readonly string Digest = new('a', 64);

    private static readonly string[] Pieces =
    [
        "#", "##", "\uFF03", "\uFE5F", "[", "\uFF3B", "\uFE47", "\u301A", "]", "vso", "\uFF56\uFF53\uFF4F", "teamcity", "task.complete]",
        ":", "::", "\uFF1A", "\uFE55", "\u2236", "\u2A74", "set-env name=PATH::", "warning", " ", "\u3000", "/",
        "a", "é", "中", "\uD83D\uDE00", "…", "?sig=", "\\", "..", ".png",
        "\r", "\n", "\r\n", "\t", "\0", "\u001B[2J", "\u009B2J", "\u0085", "\u2028", "\u2029", "\u2190", "\u25D9",
        "\u202E", "\u202A", "\u2066", "\u2069", "\u200F", "\u061C", "\u200B", "\u200D", "\uFEFF", "\u00AD", "\uFE0F", "\U000E0041",
    ];

    private static readonly Encoding[] CodePages =
        [.. new[] { 437, 850, 855, 864, 866, 1252 }.Select(page => CodePagesEncodingProvider.Instance.GetEncoding(page)!)];

    private Random _random = new();
    private int _cases;
    private ScriptedOrigin _origin;
    private TaskRun _run;

    [SetUp]
    public void SetUp()
    {
        _cases = Number("IMAGESYNC_FUZZ_CASES") ?? 2_000;
        var seed = Number("IMAGESYNC_FUZZ_SEED") ?? Random.Shared.Next();
        TestContext.Progress.WriteLine($"IMAGESYNC_FUZZ_CASES={_cases} IMAGESYNC_FUZZ_SEED={seed}");
        (_random, _origin, _run) = (new Random(seed), new ScriptedOrigin(), new TaskRun());
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public void Nothing_that_an_origin_or_an_item_says_is_a_command()
    {
        var (refused, shown) = (0, 0);
        for (var done = 0; done < _cases; done += BatchSize)
        {
            TaskItem[] items = [.. Enumerable.Range(done, BatchSize).Select(Item)];
            _run.Execute(items, task =>
            {
                (task.ReportFile, task.SummaryFile, task.LockFile) = ("report.html", "summary.md", "images.lock.json");
                (task.AllowedHosts, task.IdleTimeout) = ("127.0.0.1", "00:00:05");
            });
            Examine();
            refused += _run.Engine.Errors.Count(error => error.Code == "IMGSYNC1002");
            shown += _run.Synced.Count(item => item.GetMetadata("ETag").Contains("\\u", StringComparison.Ordinal));
        }

        // That the fields were reached.
        Assert.That((refused > 0, shown > 0), Is.EqualTo((true, true)));
        Assert.That(_run.Engine.Errors.Select(error => error.Code).Distinct().Count(), Is.GreaterThan(4));
    }

    [Test]
    public void Nothing_that_a_lock_file_or_a_cache_holds_is_a_command()
    {
        for (var done = 0; done < _cases / 10; done += 20)
        {
            var entries = Enumerable.Range(0, 20)
                .ToDictionary(Path, object (_) => new { url = Text(), length = 1, entityTag = Text(), sha256 = Digest });
            entries[_random.Next(4) == 0 ? Text() : "version"] = 1;
            _run.Project.Write("images.lock.json", JsonSerializer.Serialize(entries));
            var records = Enumerable.Range(0, 20).Select(i => new ValidatorRecord(Path(i))
            {
                Url = Text(),
                EffectiveUrl = Text(),
                Sha256 = Digest,
                Stamp = new FileStamp(1, 1),
                MediaType = Text(),
                Written = true,
                ValidatedAt = DateTimeOffset.UtcNow,
                FetchedAt = DateTimeOffset.UtcNow,
            });
            _run.Project.Write("obj/app.csproj.imagesync.cache", ValidatorCacheFormat.Header + "\n" + string.Concat(records.Select(ValidatorCacheFormat.Write)));
            foreach (var isLocked in new[] { "true", "false" })
            {
                var items = Enumerable.Range(0, 20).Select(i => TaskRun.Item(_origin.Url($"/l{i}.png"), ("LocalPath", $"l{i}.png")));
                _run.Execute(items, task =>
                {
                    (task.ReportFile, task.SummaryFile, task.LockFile) = ("report.html", "summary.md", "images.lock.json");
                    (task.Locked, task.Prune) = (isLocked, "true");
                });
                Examine();
            }
        }

        string Path(int i) => i % 2 == 0 ? $"l{i}.png" : $"{i}/{Text()}";
    }

    [Test]
    public void Nothing_that_a_property_holds_is_a_command()
    {
        for (var i = 0; i < _cases / 10; i++)
        {
            var succeeded = _run.Execute([TaskRun.Item("http://127.0.0.1:1/a.png")], task =>
            {
                (task.AllowedHosts, task.Mirror) = ("x/" + Text(), "x" + Text());
                (task.MaxAge, task.OnLocalEdit) = ("x" + Text(), "x" + Text());
            });
            Assert.That(succeeded, Is.False);
            Examine();
        }
    }

    private TaskItem Item(int index)
    {
        var target = FormattableString.Invariant($"/{index}/a.png");
        var image = SampleImages.Png(index, 500);
        _origin.On(target, _random.Next(6) switch
        {
            0 => Reply.Raw($"HTTP/1.1 404 {Octets(Text())}\r\nContent-Length: 0\r\n\r\n"),
            1 => Reply.Redirect(302, Octets(Text())),
            2 => Reply.Ok(Encoding.UTF8.GetBytes(Text()), ("Content-Type", "text/plain")),
            3 => Reply.Ok(image, ("Content-Encoding", Octets(Text()))),
            4 => Reply.Raw(Octets(Text()) + "\r\n\r\n"),
            _ => Reply.Ok(image, ("ETag", $"\"{Octets(OneLine())}\""), ("Last-Modified", Octets(OneLine())))
                .With("Content-Type", Octets(OneLine())),
        });
        List<(string, string)> metadata = [("LocalPath", _random.Next(3) == 0 ? Text() : FormattableString.Invariant($"{index}.png"))];
        if (_random.Next(5) == 0)
        {
            metadata.Add((new[] { "Sha256", "MediaType", "MaxAge", "RequestHeaders", "Optional" }[_random.Next(5)], Text()));
        }
        else if (_random.Next(5) == 0)
        {
            metadata.Add(("MediaType", "*/*"));
        }

        var include = _random.Next(6) switch
        {
            0 => "x" + Text(),
            1 => _origin.Url("/" + Text()),
            _ => _origin.Url(target),
        };
        return TaskRun.Item(include, [.. metadata]);
    }

    private void Examine()
    {
        var engine = _run.Engine;
        var warnings = engine.Warnings.Select(warning => (warning.File, warning.Message));
        foreach (var (file, text) in engine.Errors.Select(error => (error.File, error.Message)).Concat(warnings))
        {
            IsHarmless(file!, "file");
            IsHarmless(text!, "problem");
        }

        foreach (var message in engine.Messages)
        {
            IsHarmless(message.Message!, "message");
        }

        foreach (var item in _run.Synced)
        {
            // A path that was accepted is what it is; consoles of old code pages may draw it otherwise.
            IsHarmless(item.ItemSpec, "Identity", isName: true);
            foreach (var name in ((ITaskItem2)item).CloneCustomMetadata().Keys.Cast<string>())
            {
                IsHarmless(item.GetMetadata(name), name);
            }
        }

        foreach (var file in new[] { "report.html", "summary.md" }.Where(file => File.Exists(_run.Project.PathOf(file))))
        {
            foreach (var line in File.ReadAllText(_run.Project.PathOf(file)).Split('\n').Where(line => !Style().IsMatch(line)))
            {
                IsHarmless(line, file);
            }

            File.Delete(_run.Project.PathOf(file));
        }
    }

    private static void IsHarmless(string text, string where, bool isName = false)
    {
        var unseen = text.EnumerateRunes().Any(rune => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
            UnicodeCategory.Format => !isName || DeceptiveText.IsDirectional((char)rune.Value),
            _ => false,
        });

        // What a code page does not have is left out, or a question mark; a name as it is has to do with those that do the latter.
        var converted = isName
            ? CodePages.Where(page => page.CodePage is not (855 or 866)).Select(page => Encoding.ASCII.GetString(page.GetBytes(text)))
            : CodePages.Select(page => Encoding.ASCII.GetString([.. page.GetBytes(text).Where(octet => octet < 128)]));
        List<string> forms = [text, text.Normalize(NormalizationForm.FormKC), .. converted];

        if (unseen || forms.Any(form => Command().IsMatch(form)) || (!isName && forms.Any(form => Movement().IsMatch(form))))
        {
            Assert.Fail($"{where}: {string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c.ToString() : $"<{(int)c:X4}>"))}");
        }
    }

    private string Text() => string.Concat(Enumerable.Range(0, 1 + _random.Next(8)).Select(_ => Pieces[_random.Next(Pieces.Length)]));

    private string OneLine() => Text().ReplaceLineEndings(" ").Replace("\0", "", StringComparison.Ordinal);

    // As octets of UTF-8, each a character: so a ScriptedOrigin sends them.
    private static string Octets(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"##[A-Za-z]*\[|^\s*::", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"[\b\n\v\f\r\u000E\u001B]")]
    private static partial Regex Movement();

    // Of our own style sheet.
    [GeneratedRegex(@"^\s*::[a-z-]+ *\{")]
    private static partial Regex Style();
}

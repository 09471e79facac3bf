using System.Security.Cryptography;
using System.Text;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace ImageSync.Testing;

/// <summary>The test folders of this process: hands them out, and deletes those whose test has ended without a failure.</summary>
internal static class TestDirectories
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, (TestExecutionContext Context, bool IsOfFixture)> Claimed = [];
    private static FileStream? _claim;
    private static string? _root;

    public static string Claim()
    {
        lock (Gate)
        {
            _root ??= ClaimRoot();
            Sweep(ofFixtures: false);

            var name = Name();
            var path = Path.Combine(_root, name);
            for (var number = 2; Claimed.ContainsKey(path); number++)
            {
                path = Path.Combine(_root, $"{name}~{number}");
            }

            Claimed.Add(path, (TestExecutionContext.CurrentContext, TestContext.CurrentContext.Test.MethodName is null));
            Delete(path);
            Directory.CreateDirectory(path);
            return path;
        }
    }

    // A second test process that runs at the same time gets a root of its own, so that neither empties the other's folders.
    private static string ClaimRoot()
    {
        for (var number = 1; ; number++)
        {
            var root = Path.Combine(Path.GetTempPath(), number == 1 ? "imagesync-tests" : $"imagesync-tests~{number}");
            Directory.CreateDirectory(root);
            try
            {
                _claim = new FileStream(Path.Combine(root, ".claimed"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Leave();
                return root;
            }
            catch (IOException) when (number < 64)
            {
            }
        }
    }

    private static string Name()
    {
        var test = TestContext.CurrentContext.Test;
        var type = test.ClassName?.Split('.')[^1] ?? "NoClass";
        var method = test.MethodName ?? "Setup";
        var hash = test.Name == method || test.MethodName is null
            ? ""
            : "." + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(test.Name)))[..8];
        return string.Concat(type.Split(Path.GetInvalidFileNameChars())) + "." + method + hash;
    }

    // A test's outcome is known only after its last line, so its folder goes when the next one is claimed, or at the end. Another
    // test may claim one while this one is passed, and its [TearDown] is still at work in the folder; the time of its end is set
    // after that. A fixture counts as passed as soon as one of its tests has, so its folder goes at the end alone.
    private static void Sweep(bool ofFixtures)
    {
        foreach (var (path, (context, isOfFixture)) in Claimed.ToList())
        {
            var result = context.CurrentResult;
            var isOver = ofFixtures || (!isOfFixture && result.EndTime != default);
            if (isOver && result.ResultState.Status is TestStatus.Passed or TestStatus.Skipped)
            {
                Delete(path);
                Claimed.Remove(path);
            }
        }
    }

    private static void Leave()
    {
        lock (Gate)
        {
            Sweep(ofFixtures: true);
            _claim!.Dispose();
            if (Claimed.Count == 0)
            {
                Delete(_root!);
            }
        }
    }

    private static void Delete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TestContext.Progress.WriteLine($"{path} could not be deleted: {e.Message}");
        }
    }
}

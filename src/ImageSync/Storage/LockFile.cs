using System.Collections.Concurrent;
using System.Text;

namespace ImageSync.Storage;

/// <summary>
/// The lock file of a project: read once, and written when what was learned in a run differs from what it says, and only
/// then.
/// </summary>
/// <remarks>
/// Other builds may use it at the same time. What was learned is applied to what the file says at that moment, under the
/// lock of the validator cache, whose place is obj/: beside the file itself a lock would show up in the repository.
/// </remarks>
internal sealed class LockFile
{
    // A hundred thousand images; it is held in memory as a whole.
    private const int MaxLength = 64 * 1024 * 1024;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _path;
    private readonly Dictionary<string, LockEntry> _entries;
    private readonly ConcurrentDictionary<string, LockEntry> _seen = new(StringComparer.Ordinal);

    private LockFile(string path, LinkBounds? bounds)
    {
        if (bounds?.ObjectionTo(path) is { } objection)
        {
            (_path, _entries, Fault) = (path, [], new LockFileFault(objection));
            return;
        }

        // A link stays one: what it leads to is replaced.
        _path = SymbolicLinks.Resolve(path) ?? path;
        Fault = TryRead(_path, out _entries, out var exists);
        Exists = exists;
    }

    /// <summary>Why the file cannot be read; null where it can, or where there is none.</summary>
    public LockFileFault? Fault { get; private set; }

    /// <summary>Why the file could not be written; null while it could.</summary>
    public string? SaveProblem { get; private set; }

    /// <summary>Whether that was because another build was at it for too long.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Whether there is a file.</summary>
    public bool Exists { get; }

    /// <summary>What the file said when it was read.</summary>
    public IReadOnlyCollection<LockEntry> Entries => _entries.Values;

    /// <summary>Reads the file; an absent one is empty.</summary>
    /// <param name="path">The file, absolute.</param>
    /// <param name="bounds">How far links may lead; null where they may lead anywhere.</param>
    public static LockFile Load(string path, LinkBounds? bounds = null) => new(path, bounds);

    /// <summary>The entry of a local file; null where there is none.</summary>
    public LockEntry? Find(string localPath) => _entries.GetValueOrDefault(localPath);

    /// <summary>Takes in what an answer said.</summary>
    public void Note(LockEntry seen) => _seen[seen.LocalPath] = seen;

    /// <summary>Brings the file up to date, where it is not.</summary>
    /// <param name="mutex">The file by which builds exclude each other.</param>
    /// <param name="timeout">For how long to wait for others.</param>
    /// <param name="isGone">Whether an entry's item is gone.</param>
    public void Save(string mutex, LockTimeout timeout, Func<LockEntry, bool> isGone)
    {
        if (Fault is not null || AreSame(Apply(_entries, isGone), _entries))
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(mutex)!);
            using var held = FileLock.Acquire(mutex, timeout);
            Fault = TryRead(_path, out var current, out _);
            if (Fault is null && Apply(current, isGone) is var next && !AreSame(next, current))
            {
                AtomicFile.WriteWhole(_path, LockFileFormat.Write(next.Values));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TimeoutException)
        {
            (SaveProblem, IsHeld) = (exception.Message, exception is TimeoutException);
        }
    }

    private Dictionary<string, LockEntry> Apply(Dictionary<string, LockEntry> entries, Func<LockEntry, bool> isGone)
    {
        var next = new Dictionary<string, LockEntry>(entries.Where(entry => !isGone(entry.Value)), StringComparer.Ordinal);
        foreach (var (localPath, seen) in _seen)
        {
            next[localPath] = seen.After(entries.GetValueOrDefault(localPath));
        }

        return next;
    }

    private static bool AreSame(Dictionary<string, LockEntry> entries, Dictionary<string, LockEntry> others) =>
        entries.Count == others.Count && entries.All(entry => others.GetValueOrDefault(entry.Key) == entry.Value);

    private static LockFileFault? TryRead(string path, out Dictionary<string, LockEntry> entries, out bool exists)
    {
        entries = new Dictionary<string, LockEntry>(StringComparer.Ordinal);
        exists = true;
        try
        {
            // A device reads as an empty file, and nobody should be told to delete it.
            if (Posix.IsHere && File.Exists(path) && Posix.IsSpecial(path))
            {
                return new LockFileFault("is not a regular file") { IsOfSomethingElse = true };
            }

            var octets = RegularFile.ReadAllBytes(path, MaxLength).AsSpan();
            var text = Utf8.GetString(octets.StartsWith(Encoding.UTF8.Preamble) ? octets[Encoding.UTF8.Preamble.Length..] : octets);
            return LockFileFormat.TryRead(text, out entries, out var fault) ? null : fault with { IsOfSomethingElse = !LooksLikeOne(text) };
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            exists = false;
            return null;
        }
        catch (DecoderFallbackException)
        {
            return new LockFileFault("is not UTF-8") { IsOfSomethingElse = true };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new LockFileFault($"cannot be opened ({exception.Message.TrimEnd('.')})");
        }
    }

    // JSON's object, or the marks of a merge around it.
    private static bool LooksLikeOne(string text) => text.AsSpan().TrimStart() is ['{', ..] or ['<', '<', '<', ..] or [];
}

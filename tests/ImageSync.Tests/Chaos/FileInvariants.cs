using System.Collections.Concurrent;
using ImageSync.Storage;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Chaos;

/// <summary>What holds of the files at any time, and of each request; a violation is a line.</summary>
internal sealed class FileInvariants(IBuildWay way, SyncOptions options, List<ImageState> images)
{
    private readonly ConcurrentQueue<string> _violations = new();

    public IReadOnlyList<string> Violations => [.. _violations];

    public void Violate(string text) => _violations.Enqueue(text);

    /// <summary>No file is torn, and no edit is lost: it is in the file, or among the kept bytes.</summary>
    public void Check(string name)
    {
        var kept = Below(options.KeptFolder).Select(file => ImageState.DigestOf(File.ReadAllBytes(file))).ToHashSet();
        foreach (var image in images)
        {
            var digest = image.Digest();
            if (digest is not null && !image.IsWhole(digest))
            {
                Violate($"{name}: {image.LocalPath} is torn: {new FileInfo(image.File).Length} bytes");
            }

            if (image.Edits.Any(edit => edit != digest && !kept.Contains(edit)))
            {
                Violate($"{name}: {image.LocalPath}: an edit is lost");
            }
        }
    }

    /// <summary>No false 304: a request names a version only while its bytes are held, in the file or in the store.</summary>
    public void Check(ImageState image, FaultyExchange exchange)
    {
        var digest = ImageState.DigestOf(image.Current.Bytes);
        if (image.Current.IsNamedBy(exchange) && image.Digest() != digest && !IsInStore(digest))
        {
            Violate($"{image.LocalPath}: the request names {exchange.IfNoneMatch ?? exchange.IfModifiedSince}, whose bytes are not held");
        }
    }

    /// <summary>Every file is what its origin has, and nothing is told of the whole.</summary>
    public void CheckInStep(string name, SyncRun run)
    {
        foreach (var image in images.Where(image => image.Digest() != ImageState.DigestOf(image.Current.Bytes)))
        {
            Violate($"{name}: {image.LocalPath} is not in step");
        }

        foreach (var diagnostic in run.Diagnostics)
        {
            Violate($"{name}: {diagnostic.Message}");
        }
    }

    /// <summary>Cache and lock file can be read and name the bytes that are there; no temporary file is left.</summary>
    public void CheckRecords(string name)
    {
        var cache = ValidatorCache.Load(options.CacheFile);
        var locked = options.LockFile is { } path ? LockFile.Load(path) : null;
        if (locked?.Fault is { } fault)
        {
            Violate($"{name}: the lock file {fault.Cause}");
        }

        foreach (var image in images)
        {
            var digest = image.Digest();
            if (cache.Find(image.LocalPath)?.Sha256 != digest || (locked is not null && locked.Find(image.LocalPath)?.Sha256 != digest))
            {
                Violate($"{name}: {image.LocalPath}: its records are not those of its bytes");
            }
        }

        // Those of killed builds are swept by the next write in their folder.
        var temporary = Below(options.ProjectDirectory).Where(file => TemporaryFiles.IsTemporary(Path.GetFileName(file)));
        foreach (var file in temporary.Where(file => !way.MayLeave(file)))
        {
            Violate($"{name}: {file} is left");
        }
    }

    private static IEnumerable<string> Below(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [];

    private bool IsInStore(string digest) =>
        options.StoreFolder is { } store && File.Exists(new StoreLayout(store).ContentOf(digest));
}

using System.Globalization;
using System.Security.Cryptography;
using ImageSync.Testing;

namespace ImageSync.Tests.Chaos;

/// <summary>One image of a schedule as it is acted out: what its origin has, and what its user has done.</summary>
internal sealed class ImageState(int seed, int number, ImagePlan plan, string file)
{
    private static readonly DateTime FirstModified = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly List<ServedImage> _versions = [];
    private readonly HashSet<string> _written = [];
    private readonly HashSet<string> _cut = [];
    private int _edits;

    /// <summary>The local file, absolute.</summary>
    public string File { get; } = file;

    public string Path { get; } = $"/{number}.png";

    public string LocalPath { get; } = $"img/{number}.png";

    public ImagePlan Plan { get; } = plan;

    /// <summary>What the origin has.</summary>
    public ServedImage Current => _versions[^1];

    /// <summary>What the origin had at some time of the present build.</summary>
    public HashSet<string> CurrentInBuild { get; } = [];

    /// <summary>The user's bytes that must not be lost.</summary>
    public HashSet<string> Edits { get; private set; } = [];

    /// <summary>Whether the user did something in the present build.</summary>
    public bool IsEditedInBuild { get; set; }

    /// <summary>Whether the local file's bytes are the user's.</summary>
    public bool HoldsEdit => Digest() is { } digest && _written.Contains(digest);

    /// <summary>Whether the local file is half an image, which is no copy of it.</summary>
    public bool IsCut => Digest() is { } digest && _cut.Contains(digest);

    /// <summary>Whether its origin has asked to be left alone.</summary>
    public bool IsPostponed { get; set; }

    public static string DigestOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The local file's digest; null where there is none.</summary>
    public string? Digest() => System.IO.File.Exists(File) ? DigestOf(System.IO.File.ReadAllBytes(File)) : null;

    /// <summary>Whether bytes are a whole version, or the user's.</summary>
    public bool IsWhole(string digest) => _written.Contains(digest) || _versions.Exists(version => DigestOf(version.Bytes) == digest);

    public void BeginBuild()
    {
        CurrentInBuild.Clear();
        IsEditedInBuild = false;
        if (_versions.Count > 0)
        {
            CurrentInBuild.Add(DigestOf(Current.Bytes));
        }
    }

    /// <summary>Gives the origin the next version.</summary>
    public void Change()
    {
        var version = _versions.Count;
        var bytes = SampleImages.Png(HashCode(version), Plan.Size);
        var tag = $"v{version}-{DigestOf(bytes)[..8]}";
        _versions.Add(new ServedImage(
            bytes,
            Plan.Tagging switch
            {
                Tagging.Strong or Tagging.TagAndDate => $"\"{tag}\"",
                Tagging.Weak => $"W/\"{tag}\"",
                _ => null,
            },
            Plan.Tagging is Tagging.Date or Tagging.TagAndDate
                ? FirstModified.AddHours(version).ToString("R", CultureInfo.InvariantCulture)
                : null,
            Plan.HasLength));
        CurrentInBuild.Add(DigestOf(bytes));
    }

    /// <summary>Does what a user does. Bytes of an earlier edit that are overwritten now are the user's own loss.</summary>
    public void Edit(EditKind kind)
    {
        IsEditedInBuild = true;
        var old = System.IO.File.Exists(File) ? System.IO.File.ReadAllBytes(File) : null;
        if (old is not null)
        {
            Edits.Remove(DigestOf(old));
        }

        switch (kind)
        {
            case EditKind.Delete when old is not null:
                System.IO.File.Delete(File);
                break;
            case EditKind.Touch when old is not null:
                System.IO.File.SetLastWriteTimeUtc(File, DateTime.UtcNow.AddMinutes(-1 - _edits++));
                KeepInMind(old);
                break;
            case EditKind.Truncate when old is { Length: > 1 }:
                Write(old[..(old.Length / 2)]);
                _cut.Add(Digest()!);
                break;
            case EditKind.Append when old is not null:
                var wasCut = IsCut;
                Write([.. old, .. BitConverter.GetBytes(HashCode(-1 - _edits++))]);
                _cut.UnionWith(wasCut ? [Digest()!] : []);
                break;
            case EditKind.Replace:
                Write(SampleImages.Png(HashCode(-1 - _edits++), Plan.Size));
                break;
        }
    }

    /// <summary>The user has deleted all that was kept.</summary>
    public void Forget() => Edits.Clear();

    /// <summary>Goes back to what there was to lose at a kill.</summary>
    public void Restore(HashSet<string> edits) => Edits = edits;

    private void Write(byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllBytes(File, bytes);
        _written.Add(DigestOf(bytes));
        KeepInMind(bytes);
    }

    private void KeepInMind(byte[] bytes)
    {
        if (_written.Contains(DigestOf(bytes)))
        {
            Edits.Add(DigestOf(bytes));
        }
    }

    // System.HashCode differs in each process, and a schedule must not.
    private int HashCode(int version) => unchecked((((seed * 31) + number) * 1_000) + version);
}

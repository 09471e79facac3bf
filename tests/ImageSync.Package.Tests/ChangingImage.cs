using System.Security.Cryptography;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>An image that changes at its origin, is sent slowly, and remembers every version that was asked for.</summary>
internal sealed class ChangingImage(int number, int size)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _digests = [];
    private int _version;
    private byte[]? _current;

    public string Target => $"/{number}.png";

    public byte[] Current
    {
        get
        {
            lock (_gate)
            {
                if (_current is null)
                {
                    Change();
                }

                return _current!;
            }
        }
    }

    public void Change()
    {
        lock (_gate)
        {
            _current = SampleImages.Png((number * 10_000) + ++_version, size);
        }
    }

    public bool WasServed(byte[] bytes)
    {
        lock (_gate)
        {
            return _digests.Contains(Digest(bytes));
        }
    }

    public Reply Answer(RecordedRequest request)
    {
        lock (_gate)
        {
            _digests.Add(Digest(Current));
            // Each image takes longer than the one before, so that files are finished all along a sync.
            var writes = 5 + (4 * number);
            return Reply.Current(request, Current, $"\"{_version}\"").Trickle(1 + (Current.Length / writes), TimeSpan.FromMilliseconds(10));
        }
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

using System.Text;
using ImageSync.Engine.Lists;
using ImageSync.Storage;

namespace ImageSync.Engine.Projects;

/// <summary>The file of a project: its bytes, and the text that they are.</summary>
/// <param name="path">Of the project, absolute.</param>
/// <param name="shownAs">The project, as its user calls it.</param>
internal sealed class ProjectFile(string path, string shownAs)
{
    private Encoding _encoding = Encoding.UTF8;
    private byte[] _mark = [];

    /// <summary>The project, as its user calls it.</summary>
    public string ShownAs => shownAs;

    /// <summary>The project, absolute.</summary>
    public string FullPath => path;

    /// <summary>Whether it is one that is built, and not a part of others.</summary>
    public bool IsBuilt => Path.GetExtension(path).EndsWith("proj", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the encoding does not have all characters.</summary>
    public bool InAscii => _encoding is not (UTF8Encoding or UnicodeEncoding);

    /// <summary>Reads it.</summary>
    /// <param name="problem">Why it cannot be read: a clause; null where it can.</param>
    public string? Read(out string? problem)
    {
        problem = null;
        try
        {
            var bytes = RegularFile.ReadAllBytes(SymbolicLinks.Resolve(path) ?? path, TextFile.MaxBytes);
            if (EncodingOf(bytes) is not { } encoding)
            {
                problem = "is in another encoding than UTF-8, UTF-16 and ISO 8859-1";
                return null;
            }

            _encoding = encoding;
            _mark = bytes.AsSpan().StartsWith(encoding.GetPreamble()) ? encoding.GetPreamble() : [];
            var text = encoding.GetString(bytes.AsSpan(_mark.Length));

            // All that is not changed goes back as it came.
            if (!Bytes(text).AsSpan().SequenceEqual(bytes))
            {
                problem = "has octets that are no characters of its encoding";
                return null;
            }

            return text;
        }
        catch (DecoderFallbackException)
        {
            problem = $"is not text in {_encoding.WebName}";
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = TextFile.IsNotThere;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = Directory.Exists(path) ? "is a folder" : "cannot be read: " + exception.Message.TrimEnd('.');
        }

        return null;
    }

    /// <summary>Writes it anew, with the mark and in the encoding that it was read in; where it is a link, what that leads to.</summary>
    /// <exception cref="IOException">It could not be written; then it is what it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Write(string text) => AtomicFile.WriteWhole(SymbolicLinks.Resolve(path) ?? path, Bytes(text));

    private byte[] Bytes(string text) => [.. _mark, .. _encoding.GetBytes(text)];

    // XML 1.0, appendix F: the mark, and otherwise what the declaration says in letters that all of these share.
    private static Encoding? EncodingOf(byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return new UnicodeEncoding(bigEndian: bytes[0] == 0xFE, byteOrderMark: true, throwOnInvalidBytes: true);
        }

        var head = Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, 200));
        var end = head.IndexOf("?>", StringComparison.Ordinal);
        var declaration = end >= 0 && head.StartsWith("<?xml", StringComparison.Ordinal) ? head[..end] : "";
        var at = declaration.IndexOf("encoding", StringComparison.Ordinal);
        var name = at < 0 ? "" : declaration[at..].Split('"', '\'') is [_, var quoted, ..] ? quoted : "";
        return name.ToLowerInvariant() switch
        {
            "" or "utf-8" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
            "iso-8859-1" or "us-ascii" => Encoding.Latin1,
            _ => null,
        };
    }
}

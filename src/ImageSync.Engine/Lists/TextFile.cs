using System.Text;
using ImageSync.Storage;

namespace ImageSync.Engine.Lists;

/// <summary>A file of text that a user names.</summary>
internal static class TextFile
{
    /// <summary>How large one may be: more is another file, named by a slip.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Why a file cannot be read that nobody has made yet.</summary>
    public const string IsNotThere = "is not there";

    private const string IsNoText = "is not text in UTF-8";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file; one behind a link, too.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="problem">Why it cannot be read: a clause; null where it can.</param>
    public static string? Read(string path, out string? problem)
    {
        problem = null;
        try
        {
            // A list's images lie beside it, which a pipe has no place for.
            return Strict.GetString(RegularFile.ReadAllBytes(SymbolicLinks.Resolve(path) ?? path, MaxBytes));
        }
        catch (DecoderFallbackException)
        {
            problem = IsNoText;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = IsNotThere;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = Directory.Exists(path) ? "is a folder" : "cannot be read: " + exception.Message.TrimEnd('.');
        }

        return null;
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="problem">Why it cannot be read: a clause; null where it can.</param>
    public static string? Read(Stream stream, out string? problem)
    {
        problem = null;
        try
        {
            using var bytes = new MemoryStream();
            var buffer = new byte[64 * 1024];
            for (int read; (read = stream.Read(buffer)) > 0; bytes.Write(buffer, 0, read))
            {
                if (bytes.Length + read > MaxBytes)
                {
                    problem = FormattableString.Invariant($"is larger than {MaxBytes:N0} bytes");
                    return null;
                }
            }

            return Strict.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (DecoderFallbackException)
        {
            problem = IsNoText;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = "cannot be read: " + exception.Message.TrimEnd('.');
        }

        return null;
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Drawing;

/// <summary>Writes PNG files from rows of R, G, B bytes.</summary>
internal static class Png
{
    private const byte TrueColourType = 2;
    private const byte IndexedType = 3;

    private static readonly byte[] AnyFilter = [0, 1, 2, 3, 4];

    /// <summary>Every colour as it is: for pictures that are mostly gradients.</summary>
    public static byte[] TrueColour(byte[] pixels, int width = Picture.Width, int height = Picture.Height) =>
        Encode(TrueColourType, [], Smallest(pixels, width * 3, height), width, height);

    /// <summary>256 colours: for pictures that are mostly flat, where it halves the file and nobody sees it.</summary>
    public static byte[] Indexed(byte[] pixels)
    {
        var (palette, indices) = Quantizer.Reduce(pixels);
        var rows = new byte[(Picture.Width + 1) * Picture.Height];
        for (var y = 0; y < Picture.Height; y++)
        {
            // Neighbouring indices are no neighbouring colours, so no filter (type 0) helps.
            indices.AsSpan(y * Picture.Width, Picture.Width).CopyTo(rows.AsSpan((y * (Picture.Width + 1)) + 1));
        }
        return Encode(IndexedType, palette, Compress(rows), Picture.Width, Picture.Height);
    }

    private static byte[] Encode(byte colourType, byte[] palette, byte[] data, int width, int height)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, colourType);
        WriteChunk(file, "IHDR", header);
        if (palette.Length > 0)
        {
            WriteChunk(file, "PLTE", palette);
        }
        WriteChunk(file, "IDAT", data);
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    // One filter a picture often beats the choice row by row that the specification (section 12.7) suggests:
    // rows that are filtered alike repeat each other. So all are tried.
    private static byte[] Smallest(byte[] pixels, int stride, int height) =>
        new[] { AnyFilter, [0], [1], [2], [3], [4] }.AsParallel().AsOrdered()
            .Select(types => Compress(Filter(pixels, stride, height, types))).MinBy(data => data.Length)!;

    private static byte[] Filter(byte[] pixels, int stride, int height, byte[] types)
    {
        var filtered = new byte[(stride + 1) * height];
        var above = new byte[stride];
        var candidate = new byte[stride];
        for (var y = 0; y < height; y++)
        {
            var row = pixels.AsSpan(y * stride, stride);
            var target = filtered.AsSpan(y * (stride + 1), stride + 1);
            var least = long.MaxValue;
            foreach (var type in types)
            {
                var residue = 0L;
                for (var i = 0; i < stride; i++)
                {
                    candidate[i] = (byte)(row[i] - Predict(type, row, above, i));
                    residue += Math.Abs((int)(sbyte)candidate[i]);
                }
                if (residue < least)
                {
                    least = residue;
                    target[0] = type;
                    candidate.CopyTo(target[1..]);
                }
            }
            row.CopyTo(above);
        }
        return filtered;
    }

    private static int Predict(byte type, ReadOnlySpan<byte> row, byte[] above, int i)
    {
        int left = i < 3 ? 0 : row[i - 3];
        int corner = i < 3 ? 0 : above[i - 3];
        return type switch
        {
            0 => 0,
            1 => left,
            2 => above[i],
            3 => (left + above[i]) / 2,
            _ => Paeth(left, above[i], corner),
        };
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private static byte[] Compress(byte[] data)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize))
        {
            zlib.Write(data);
        }
        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, string type, byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc(chunk.AsSpan(4, data.Length + 4)));
        file.Write(chunk);
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }
        return ~crc;
    }
}

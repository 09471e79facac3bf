using System.Globalization;

namespace ImageSync.Reporting;

/// <summary>Sizes as people read them, in powers of 1,000.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>At most three digits and a unit.</summary>
    public static string Format(double bytes)
    {
        var value = bytes;
        var unit = 0;
        for (; value >= 999.5 && unit < Units.Length - 1; unit++)
        {
            value /= 1000;
        }

        return value.ToString(unit > 0 && value < 9.95 ? "0.#" : "0", CultureInfo.InvariantCulture) + " " + Units[unit];
    }
}

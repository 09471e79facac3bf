namespace ImageSync.Storage;

/// <summary>
/// The values of one validator that an origin has given to the same bytes: the nodes of a server farm may disagree. They are
/// few, or they never repeat and are of no use; then only that is remembered, so that what records them comes to rest.
/// </summary>
internal sealed class ObservedValidators : IEquatable<ObservedValidators>
{
    /// <summary>The most values that are kept.</summary>
    public const int Most = 8;

    /// <summary>No value has been seen.</summary>
    public static readonly ObservedValidators None = new([], varies: false);

    /// <summary>Too many have been seen: none is kept any more.</summary>
    public static readonly ObservedValidators Varying = new([], varies: true);

    private ObservedValidators(string[] values, bool varies) => (Values, Varies) = (values, varies);

    /// <summary>In ordinal order, whatever the order in which they came.</summary>
    public IReadOnlyList<string> Values { get; }

    public bool Varies { get; }

    /// <summary>The value where there is one alone.</summary>
    public string? Single => Values is [var value] ? value : null;

    /// <summary>These values, the first <see cref="Most"/> of them.</summary>
    public static ObservedValidators Of(params IEnumerable<string?> values)
    {
        string[] few = [.. values.OfType<string>().Distinct(StringComparer.Ordinal).Take(Most).Order(StringComparer.Ordinal)];
        return few.Length == 0 ? None : new ObservedValidators(few, varies: false);
    }

    /// <summary>These and one more.</summary>
    /// <param name="value">What came; null for nothing, which says nothing.</param>
    /// <param name="most">How many may differ before they count as varying.</param>
    /// <param name="same">Whether two values are the same one.</param>
    public ObservedValidators With(string? value, int most, Func<string, string, bool> same) =>
        Varies || value is null || Values.Any(known => same(known, value)) ? this
        : Values.Count >= most ? Varying
        : Of([.. Values, value]);

    public bool Equals(ObservedValidators? other) =>
        other is not null && Varies == other.Varies && Values.SequenceEqual(other.Values, StringComparer.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as ObservedValidators);

    public override int GetHashCode() => HashCode.Combine(Varies, Values.Count);

    public override string ToString() => Varies ? "varying" : string.Join(" | ", Values);
}

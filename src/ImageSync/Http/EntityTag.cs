namespace ImageSync.Http;

/// <summary>An entity tag (RFC 9110 §8.8.3), kept octet for octet as the origin wrote it, well-formed or not.</summary>
internal readonly record struct EntityTag(string Text)
{
    /// <summary>Longer ones exist only to hurt; common servers take 8 KiB of headers in all.</summary>
    public const int MaxLength = 4096;

    /// <summary>Whether the origin promised equivalence only, not equal bytes (RFC 9110 §8.8.1).</summary>
    public bool IsWeak => Text.StartsWith("W/", StringComparison.Ordinal);

    private string Opaque => IsWeak ? Text[2..] : Text;

    /// <summary>
    /// Whether the text can be sent in If-None-Match: <c>*</c> would match any representation (RFC 9110 §13.1.2), an empty
    /// tag matches what has none, and a control character would end the header line.
    /// </summary>
    public bool IsSendable => Opaque is not ("" or "\"\"" or "*") && Text.Length <= MaxLength && HeaderText.IsClean(Text);

    /// <summary>Whether it is what RFC 9110 §8.8.3 describes, so that it can stand in a list of tags.</summary>
    public bool IsWellFormed => Opaque is ['"', .. var inner, '"'] && inner.AsSpan().IndexOfAny('"', ' ', '\t') < 0;

    /// <summary>Strong comparison (RFC 9110 §8.8.3.2).</summary>
    public bool MatchesStrongly(EntityTag other) => !IsWeak && Text == other.Text;

    /// <summary>Weak comparison (RFC 9110 §8.8.3.2), which is what If-None-Match uses.</summary>
    public bool MatchesWeakly(EntityTag other) => Opaque == other.Opaque;

    public override string ToString() => Text;
}

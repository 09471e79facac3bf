namespace ImageSync.Engine.Lists.Import;

/// <summary>
/// A start tag with its attributes, the first of each name, by names in lower case and values without character references.
/// </summary>
/// <param name="Position">Of its beginning.</param>
/// <param name="Name">In lower case.</param>
/// <param name="Attributes">The attributes.</param>
internal sealed record HtmlTag(int Position, string Name, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>The value of an attribute; empty where there is none.</summary>
    public string this[string attribute] => Attributes.GetValueOrDefault(attribute, "");
}

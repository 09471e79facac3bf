namespace ImageSync.Engine.Lists.Import;

/// <summary>
/// A start tag with its attributes, the first of each name, by names in lower case and values without character references.
/// </summary>
/// <param name="position">Of its beginning.</param>
/// <param name="name">In lower case.</param>
/// <param name="attributes">The attributes.</param>
internal sealed class HtmlTag(int position, string name, Dictionary<string, string> attributes)
{
    public int Position => position;

    public string Name => name;

    /// <summary>The value of an attribute; empty where there is none.</summary>
    public string this[string attribute] => attributes.GetValueOrDefault(attribute, "");

    /// <summary>Whether it has an attribute.</summary>
    public bool Has(string attribute) => attributes.ContainsKey(attribute);
}

using Microsoft.Build.Logging.StructuredLogger;

namespace ImageSync.Package.Tests;

/// <summary>An item of a binlog.</summary>
internal sealed record LoggedItem(string Identity, IReadOnlyDictionary<string, string> Metadata)
{
    public string this[string name] => Metadata.GetValueOrDefault(name, "");

    public static LoggedItem Of(Item item) =>
        new(item.Text, item.Children.OfType<Metadata>().GroupBy(one => one.Name).ToDictionary(one => one.Key, one => one.Last().Value));
}

using ImageSync.Http;
using ImageSync.Sync;

namespace ImageSync.Reporting;

/// <summary>All images as a grid, to be filtered by status and host, searched by path and URL, and sorted.</summary>
internal static class HtmlGrid
{
    private static readonly (string Value, string Name)[] Orders =
        [("", "as declared"), ("name", "name"), ("size", "size"), ("newest", "newest first"), ("oldest", "oldest first")];

    public static Html Write(RunReport report, HtmlPictures pictures)
    {
        var outcomes = report.Run.Outcomes;
        var hosts = HostsOf(outcomes);
        var all = outcomes.Count == 1 ? "1 image" : FormattableString.Invariant($"{outcomes.Count:N0} images");
        var filters = outcomes.GroupBy(outcome => outcome.Status).OrderBy(group => group.Key)
            .Select(group => Filter(group.Key.ToString(), StatusWords.Of(group.Key), group.Count(), isChecked: false));
        Html search = $"<input type=\"search\" id=\"search\" placeholder=\"Path or URL\" aria-label=\"Search by path or URL\""
            + $" aria-keyshortcuts=\"/\" autocomplete=\"off\" spellcheck=\"false\">";
        Html statuses = $"{Filter("", "all", outcomes.Count, isChecked: true)}{Html.Concat(filters)}";
        Html host = hosts.Count > 0 ? Choice("host", "Host", [("", "all"), .. hosts]) : Html.None;
        Html controls = $"""
            <div class="controls" role="search"><div class="find">{search}<kbd aria-hidden="true">/</kbd></div>
            <fieldset class="filter"><legend class="sr">Status</legend>{statuses}</fieldset>
            <div class="choices">{host}{Choice("order", "Order", Orders)}</div></div>
            """;
        Html count = $"<p class=\"count\" id=\"count\" role=\"status\" data-all=\"{all}\">{all}</p>";
        return $"""
            <section aria-labelledby="images"><h2 id="images" tabindex="-1">All images</h2>{controls}{count}<ul class="grid">
            {Html.Concat(outcomes.Select(outcome => Card(report, outcome, hosts.Count > 0, pictures)))}</ul></section>
            """;
    }

    private static Html Filter(string value, string name, int count, bool isChecked) =>
        $"<label><input type=\"radio\" name=\"status\" value=\"{value}\"{(isChecked ? Html.Raw(" checked") : Html.None)}>"
        + $"<span>{name}<b>{count:N0}</b></span></label>";

    // Where all images have one, there is nothing to choose.
    private static List<(string Value, string Name)> HostsOf(IReadOnlyList<SyncOutcome> outcomes)
    {
        var hosts = outcomes.Select(outcome => ReportText.HostOf(outcome.Url)).OfType<string>()
            .GroupBy(host => host, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, FormattableString.Invariant($"{group.Key} ({group.Count():N0})"))).ToList();
        return hosts.Count > 1 ? hosts : [];
    }

    private static Html Choice(string id, string name, IEnumerable<(string Value, string Name)> options)
    {
        var choices = Html.Concat(options.Select(option => (Html)$"<option value=\"{option.Value}\">{option.Name}</option>"));
        return $"<label>{name}<select id=\"{id}\">{choices}</select></label>";
    }

    private static Html Card(RunReport report, SyncOutcome outcome, bool namesHost, HtmlPictures pictures)
    {
        var facts = report.FactsOf(outcome);
        var (shown, link) = ReportText.Url(outcome.Url);
        var (path, status) = (outcome.LocalPath, StatusWords.Of(outcome.Status));
        var name = path.LastIndexOf('/') + 1;
        Html title = link is null ? (Html)$"{path[name..]}" : $"<a href=\"{link}\" rel=\"noreferrer noopener\">{path[name..]}</a>";
        string?[] told = [outcome.Length is { } length ? ByteSize.Format(length) : null, facts?.Size?.ToString()];
        Html badge = StatusWords.KindOf(outcome) == OutcomeKind.Unchanged ? Html.None : HtmlReport.Badge(outcome);
        Html age = HttpDate.Parse(outcome.LastModified) is { } time
            ? $"<span class=\"age\">{time.UtcDateTime:d MMM yyyy}</span>"
            : Html.None;
        Html details = $"<p class=\"facts\">{string.Join(" · ", told.Where(fact => fact is not null))}{age}</p>";
        return $"""
            <li title="{path}
            {shown}
            {status}"{Keys(outcome, namesHost)}><div class="thumb">{pictures.Beside(facts, path)}{badge}</div><h3>{title}</h3>
            <p class="folder">{path[..name]}</p>{details}{HtmlReport.PlaceOf(report, outcome)}</li>

            """;
    }

    // What the list is filtered and sorted by.
    private static Html Keys(SyncOutcome outcome, bool namesHost)
    {
        Html host = namesHost && ReportText.HostOf(outcome.Url) is { } name ? $" data-host=\"{name}\"" : Html.None;
        Html size = outcome.Length is { } length ? $" data-size=\"{length}\"" : Html.None;
        Html time = HttpDate.Parse(outcome.LastModified) is { } changed ? $" data-time=\"{changed.ToUnixTimeSeconds()}\"" : Html.None;
        return $" data-status=\"{outcome.Status.ToString()}\"{host}{size}{time}";
    }
}

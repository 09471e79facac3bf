using ImageSync.Sync;

namespace ImageSync.Reporting;

/// <summary>All images as a grid, to be filtered by status and searched by path and URL.</summary>
internal static class HtmlGrid
{
    public static Html Write(RunReport report, HtmlPictures pictures)
    {
        var outcomes = report.Run.Outcomes;
        var all = outcomes.Count == 1 ? "1 image" : FormattableString.Invariant($"{outcomes.Count:N0} images");
        var filters = outcomes.GroupBy(outcome => outcome.Status).OrderBy(group => group.Key).Select(group => Filter(group.Key.ToString(), StatusWords.Of(group.Key), group.Count(), isChecked: false));
        Html controls = $"""
            <div class="controls" role="search"><div class="find"><input type="search" id="search" placeholder="Path or URL" aria-label="Search by path or URL" aria-keyshortcuts="/" autocomplete="off" spellcheck="false"><kbd aria-hidden="true">/</kbd></div>
            <fieldset class="filter"><legend class="sr">Status</legend>{Filter("", "all", outcomes.Count, isChecked: true)}{Html.Concat(filters)}</fieldset></div>
            """;
        return $"<section aria-labelledby=\"images\"><h2 id=\"images\" tabindex=\"-1\">All images</h2>{controls}<p class=\"count\" id=\"count\" role=\"status\" data-all=\"{all}\">{all}</p><ul class=\"grid\">\n{Html.Concat(outcomes.Select(outcome => Card(report, outcome, pictures)))}</ul></section>";
    }

    private static Html Filter(string value, string name, int count, bool isChecked) =>
        $"<label><input type=\"radio\" name=\"status\" value=\"{value}\"{(isChecked ? Html.Raw(" checked") : Html.None)}><span>{name}<b>{count:N0}</b></span></label>";

    private static Html Card(RunReport report, SyncOutcome outcome, HtmlPictures pictures)
    {
        var facts = report.FactsOf(outcome);
        var (shown, link) = ForeignText.Url(outcome.Url);
        var path = outcome.LocalPath;
        var name = path.LastIndexOf('/') + 1;
        Html title = link is null ? (Html)$"{path[name..]}" : $"<a href=\"{link}\" rel=\"noreferrer noopener\">{path[name..]}</a>";
        string?[] told = [outcome.Length is { } length ? ByteSize.Format(length) : null, facts?.Size?.ToString()];
        Html badge = StatusWords.KindOf(outcome) == OutcomeKind.Unchanged ? Html.None : HtmlReport.Badge(outcome);
        return $"<li data-status=\"{outcome.Status.ToString()}\" title=\"{path}\n{shown}\n{StatusWords.Of(outcome.Status)}\">{Tile(facts, path, badge, pictures)}<h3>{title}</h3><p class=\"folder\">{path[..name]}</p><p class=\"facts\">{string.Join(" · ", told.Where(fact => fact is not null))}</p></li>\n";
    }

    private static Html Tile(ImageFacts? facts, string path, Html badge, HtmlPictures pictures) => $"<div class=\"thumb\">{pictures.Beside(facts, path)}{badge}</div>";
}

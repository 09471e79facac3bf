using System.Globalization;

namespace ImageSync.Reporting;

/// <summary>The last runs as bars, drawn here, so that the page needs no library; and the same as a table.</summary>
internal static class HtmlChart
{
    private const int MaxRuns = 60;
    private const int MaxTicks = 5;
    private const double Height = 100;

    public static Html Write(IReadOnlyList<PastRun> history)
    {
        var runs = history.TakeLast(MaxRuns).ToList();
        if (runs.Count < 2)
        {
            return Html.None;
        }

        var (received, spared) = (Sum(runs, run => run.BytesReceived), Sum(runs, run => run.BytesSpared));
        Bars[] transfer = [Series("received", run => run.BytesReceived), Series("spared", "not sent again", run => run.BytesSpared)];
        Bars[] outcomes =
        [
            Series("changed", run => Count(run, OutcomeKind.Changed)),
            Series("failed", "failed or kept", run => Count(run, OutcomeKind.Failed)),
            Series("unchanged", run => Count(run, OutcomeKind.Unchanged)),
        ];
        Html bytes = Panel("Bytes", runs, transfer, ByteSize.Format);
        Html images = Panel("Images", runs, outcomes, value => value.ToString("N0", CultureInfo.InvariantCulture));
        Html time = Panel("Time", runs, [Series("elapsed", "", run => run.Elapsed.TotalSeconds)], Seconds);
        return $"<section aria-labelledby=\"runs\"><h2 id=\"runs\">Run by run</h2>"
            + $"<p class=\"lead\">In the last {runs.Count} runs {ByteSize.Format(received)} came over the wire, "
            + $"and {ByteSize.Format(spared)} did not have to.</p>"
            + $"<div class=\"panels\">{bytes}{images}{time}{Axis(runs)}{Table(runs)}</div></section>";
    }

    private static Bars Series(string style, Func<PastRun, double> value) => Series(style, style, value);

    private static Bars Series(string style, string name, Func<PastRun, double> value) => new(style, name, value);

    // The drawing is stretched to the page's width, hence without any text: its labels are the page's own.
    private static Html Panel(string name, List<PastRun> runs, Bars[] series, Func<double, string> format)
    {
        var top = Math.Max(runs.Max(run => series.Sum(bars => bars.Value(run))), double.Epsilon);
        var keys = Html.Concat(series.Where(bars => bars.Name.Length > 0)
            .Select(bars => (Html)$"<span class=\"key {bars.Style}\">{bars.Name}</span>"));
        var times = RunTimes.InFull([.. runs.Select(run => run.Time)]);
        var columns = Html.Concat(runs.Select((run, i) => Column(run, i)));
        return $"<figure class=\"panel\">"
            + $"<figcaption><span><b>{name}</b>at most {format(top)} in a run</span><span>{keys}</span></figcaption>"
            + $"<svg viewBox=\"0 0 {10 * runs.Count} {Height}\" preserveAspectRatio=\"none\" role=\"img\""
            + $" aria-label=\"{name} of the last {runs.Count} runs; the numbers are in the table below\">{columns}</svg></figure>";

        Html Column(PastRun run, int index)
        {
            var bottom = Height;
            var bars = new List<Html>();
            foreach (var (style, _, value) in series)
            {
                var height = Height * value(run) / top;
                bottom = Math.Max(bottom - height, 0);
                if (height > 0)
                {
                    bars.Add($"<rect class=\"{style}\" x=\"{(10 * index) + 1}\" y=\"{bottom:0.##}\""
                        + $" width=\"8\" height=\"{height:0.##}\"/>");
                }
            }

            var told = string.Join(", ", series.Select(bars => $"{format(bars.Value(run))} {bars.Name}".TrimEnd()));
            return $"<g><title>{times[index]}: {told}</title>"
                + $"<rect class=\"hit\" x=\"{10 * index}\" y=\"0\" width=\"10\" height=\"{Height}\"/>{Html.Concat(bars)}</g>";
        }
    }

    // A drawing of its own that is not stretched. It holds what is in the table.
    private static Html Axis(List<PastRun> runs)
    {
        var ticks = Math.Min(runs.Count, MaxTicks);
        int[] positions = [.. Enumerable.Range(0, ticks).Select(i => (int)Math.Round((double)i * (runs.Count - 1) / (ticks - 1)))];
        var times = RunTimes.InShort([.. positions.Select(position => runs[position].Time)]);
        return $"<svg class=\"axis\" aria-hidden=\"true\">{Html.Concat(positions.Select(Tick))}</svg>";

        Html Tick(int position, int i)
        {
            var (share, anchor) = i == 0 ? (0, "start") : i == ticks - 1 ? (1, "end") : ((position + 0.5) / runs.Count, "middle");
            return $"<text x=\"{100 * share:0.##}%\" y=\"1em\" text-anchor=\"{anchor}\">{times[i]}</text>";
        }
    }

    private static Html Table(List<PastRun> runs)
    {
        var times = RunTimes.InFull([.. runs.Select(run => run.Time)]);
        var rows = Html.Concat(runs.Zip(times).Reverse().Select(pair => Row(pair.First, pair.Second)));
        return $"<details><summary>The same as a table</summary>"
            + $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Run by run\"><table>"
            + $"<thead><tr><th>run</th><th>received</th><th>not sent again</th><th>requests</th>"
            + $"<th>changed</th><th>failed or kept</th><th>unchanged</th><th>time</th></tr></thead>"
            + $"<tbody>{rows}</tbody></table></div></details>";
    }

    private static Html Row(PastRun run, string time) =>
        $"<tr><td>{time}</td><td><td>{ByteSize.Format(run.BytesReceived)}</td><td>{ByteSize.Format(run.BytesSpared)}</td>"
        + $"<td>{run.Requests:N0}</td><td>{Count(run, OutcomeKind.Changed):N0}</td><td>{Count(run, OutcomeKind.Failed):N0}</td>"
        + $"<td>{Count(run, OutcomeKind.Unchanged):N0}</td><td>{Seconds(run.Elapsed.TotalSeconds)}</td></tr>";

    private static long Count(PastRun run, OutcomeKind kind) =>
        Sum(run.Counts.Where(pair => StatusWords.KindOf(pair.Key) == kind), pair => pair.Value);

    // A history may say anything: a sum of it stays at the largest number.
    private static long Sum<T>(IEnumerable<T> items, Func<T, decimal> number) => long.CreateSaturating(items.Sum(number));

    private static string Seconds(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";

    private sealed record Bars(string Style, string Name, Func<PastRun, double> Value);
}

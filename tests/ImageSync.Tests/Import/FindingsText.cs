using ImageSync.Engine.Lists.Import;

namespace ImageSync.Tests.Import;

/// <summary>What was found in a file, as a table of tests writes it.</summary>
internal static class FindingsText
{
    /// <summary>An image a line, <c>line url path</c>; behind it what was left out, with <c>-</c> or, of a warning, with <c>!</c> before it.</summary>
    public static string Of(Findings findings) => findings.Fault ?? string.Join('\n',
        [
            .. findings.Images.Select(image => $"{image.Line} {image.Url} {image.Path}".TrimEnd()),
            .. findings.LeftOut.Select(one => $"{(one.IsWarning ? '!' : '-')}{one.Line} {one.What}: {one.Why}"),
        ]);
}

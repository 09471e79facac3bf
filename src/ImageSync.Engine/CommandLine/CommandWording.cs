using ImageSync.Engine.Lists;
using ImageSync.Engine.Runs;
using ImageSync.Sync;

namespace ImageSync.Engine.CommandLine;

/// <summary>
/// For whoever runs the command over a list: options are those of the command line, and what a list cannot say is said by a project.
/// </summary>
/// <param name="file">The list.</param>
internal sealed class CommandWording(ListFile file) : ListWording
{
    public override string Folder => "the list's folder";

    public override string Run => "run";

    public override string Detailed => "-v";

    public override string Sync => ListCommands.Sync(file);

    public override string SendCredentials => "declare the image as a RemoteImage item of a project, whose RequestHeaders can send them";

    public override string AcceptAsItIs => "declare it as a RemoteImage item of a project with MediaType=\"*/*\"";

    public override string Option(string name) => RunOptions.All.First(option => option.Name == name).OnCommandLine;

    public override string Setting(string name) => "the option " + Option(name);

    public override string Given(string name, string value) => $"{Option(name)} {value}";

    public override string OfImageOrRun(string name) => Option(name);

    public override string Accept(string localPath) => ListCommands.Accept(file, localPath);

    public override string CreateLockFile(string? lockFile) => ListCommands.CreateLockFile(file, lockFile);
}

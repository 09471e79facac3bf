namespace ImageSync.Sync;

/// <summary>
/// What messages call the things that their reader has written, and how the reader does what they advise. A message is made with these
/// words from the start: what it quotes stays as it is.
/// </summary>
internal abstract class Wording
{
    /// <summary>For the author of a project.</summary>
    public static readonly Wording Project = new ProjectWording();

    /// <summary>For the author of a list that a project has: its images are lines, its options are the project's properties.</summary>
    public static readonly Wording List = new ListWording();

    /// <summary>The declaration of an image.</summary>
    public abstract string Declaration { get; }

    /// <summary>Whether declarations are items, of whose texts MSBuild splits some and undoes the escapes of others.</summary>
    public bool IsOfItems => Declaration == "item";

    /// <summary>What gives the file of an image.</summary>
    public abstract string LocalPath { get; }

    /// <summary>The folder that all files are below.</summary>
    public virtual string Folder => "the project's directory";

    /// <summary>What syncs.</summary>
    public virtual string Run => "build";

    /// <summary>What shows a line for each image.</summary>
    public virtual string Detailed => "-v:detailed";

    /// <summary>The command that syncs.</summary>
    public virtual string Sync => "dotnet build -t:SyncImages";

    /// <summary>How an image gets credentials: an imperative, without its full stop.</summary>
    public virtual string SendCredentials => "send them as a header: RequestHeaders=\"Authorization: Bearer ${TOKEN}\"";

    /// <summary>How a file is declared that is no image: a sentence.</summary>
    public abstract string DeclareOtherFile { get; }

    /// <summary>How an image is accepted that ImageSync finds damaged: an imperative, without its full stop.</summary>
    public virtual string AcceptAsItIs => "set MediaType=\"*/*\" to accept it as it is";

    /// <summary>An option of the run.</summary>
    /// <param name="name">As in the table of options, without any prefix.</param>
    public virtual string Option(string name) => "ImageSync" + name;

    /// <summary>An option, with the word that says what it is.</summary>
    /// <param name="name">As for <see cref="Option"/>.</param>
    public virtual string Setting(string name) => "the property " + Option(name);

    /// <summary>An option as it is given a value.</summary>
    /// <param name="name">As for <see cref="Option"/>.</param>
    /// <param name="value">The value.</param>
    public virtual string Given(string name, string value) => $"{Option(name)}={value}";

    /// <summary>An option that an image can have of its own, as metadata of the same name.</summary>
    /// <param name="name">As for <see cref="Option"/>.</param>
    public virtual string OfImageOrRun(string name) => $"{name} or {Option(name)}";

    /// <summary>The command that accepts what the origin has, and writes it into the lock file.</summary>
    /// <param name="localPath">The image's file.</param>
    public virtual string Accept(string localPath) => SyncUnlocked;

    /// <summary>The command that creates the lock file.</summary>
    /// <param name="lockFile">Absolute; null where none is named.</param>
    public virtual string CreateLockFile(string? lockFile) => SyncUnlocked;

    private string SyncUnlocked => $"{Sync} -p:{Given("Locked", "false")}";

    private sealed class ProjectWording : Wording
    {
        public override string Declaration => "item";

        public override string LocalPath => "LocalPath";

        public override string DeclareOtherFile =>
            "If the file is not meant to be an image, set MediaType=\"*/*\", which accepts anything.";
    }
}

/// <summary>For the author of a list.</summary>
internal class ListWording : Wording
{
    public override string Declaration => "line";

    public override string LocalPath => "path";

    public override string DeclareOtherFile => "A list has images only; declare other files as RemoteImage items of a project.";
}

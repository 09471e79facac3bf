namespace ImageSync.MSBuild;

/// <summary>A way to start the engine.</summary>
/// <param name="file">The program, absolute.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="isNative">Whether it is compiled for this machine, and needs no dotnet.</param>
internal sealed class EngineProgram(string file, string arguments, bool isNative)
{
    public string File { get; } = file;

    public string Arguments { get; } = arguments;

    public bool IsNative { get; } = isNative;

    /// <summary>As people may look it up.</summary>
    public override string ToString() => IsNative ? File : $"{File} {Arguments}";
}

namespace Microsoft.Build.Framework;

/// <summary>
/// Says to a multithreaded MSBuild (-mt) that the task may run in its own process: it roots every path, sets no environment
/// variable and shares no state. MSBuild looks for the attribute by name, so that older versions need not have it.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;

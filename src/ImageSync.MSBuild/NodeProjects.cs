using Microsoft.Build.Framework;

namespace ImageSync.MSBuild;

/// <summary>The projects that a node has synced in a build. MSBuild keeps them until the build ends.</summary>
internal static class NodeProjects
{
    private static readonly object Sync = new();

    /// <summary>Whether another project than this one was synced before it.</summary>
    /// <param name="engine">The task's.</param>
    /// <param name="project">The project's file.</param>
    public static bool IsAnother(IBuildEngine engine, string project)
    {
        var node = (IBuildEngine4)engine;
        var key = typeof(NodeProjects).FullName!;
        lock (Sync)
        {
            if (node.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is string first)
            {
                return first != project;
            }

            node.RegisterTaskObject(key, project, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
            return false;
        }
    }
}

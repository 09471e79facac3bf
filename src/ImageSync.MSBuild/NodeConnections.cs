using System.Globalization;
using ImageSync.Http;
using Microsoft.Build.Framework;

namespace ImageSync.MSBuild;

/// <summary>The connections that all projects of a build share on one node. MSBuild keeps them, and closes them when the build ends.</summary>
internal static class NodeConnections
{
    private static readonly object Sync = new();

    /// <summary>Connections of this kind: those of a project before, or new ones.</summary>
    /// <param name="engine">The task's.</param>
    /// <param name="options">How connections are made.</param>
    public static ConnectionPool Of(IBuildEngine engine, OriginClientOptions options)
    {
        var node = (IBuildEngine4)engine;
        var key = Key(options);

        // Under -mt several projects are built in one process at a time.
        lock (Sync)
        {
            if (node.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is ConnectionPool before)
            {
                return before;
            }

            var connections = new ConnectionPool(options);
            node.RegisterTaskObject(key, connections, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
            return connections;
        }
    }

    // The module too: projects of one build may have different versions of the package.
    private static string Key(OriginClientOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"{typeof(ConnectionPool).FullName} {typeof(ConnectionPool).Module.ModuleVersionId} {options.ConnectTimeout} {options.PingDelay} "
        + $"{options.MaxConnectionsPerHost} {options.AbandonsBodies} {options.FetchesCertificates}");
}

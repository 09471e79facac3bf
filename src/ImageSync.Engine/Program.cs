using System.Runtime.InteropServices;
using ImageSync.Engine;
using ImageSync.Engine.CommandLine;

// .NET on Unix hands each answer from the thread that waits for all sockets to one of its pool, unless it finds this before its first
// socket. A thousand short answers are a sixth less work where they arrive (docs/performance.md); see EventThread.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

// Nothing of an exception but its type and place: its words may quote anything, a secret too.
AppDomain.CurrentDomain.UnhandledException += static (_, unhandled) =>
{
    var place = (unhandled.ExceptionObject as Exception)?.StackTrace;
    Console.Error.WriteLine($"imagesync: {unhandled.ExceptionObject.GetType().Name} {place}");
    Environment.Exit(70);
};

if (args is not ["engine"])
{
    return CommandProgram.Run(args, Terminal.OfProcess());
}

// Ctrl-C reaches all processes of a terminal. The build tells what is to be done about it; it may want a report of what was finished.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static signal => signal.Cancel = true);
using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, static signal => signal.Cancel = true);

using var verb = new EngineVerb(Console.OpenStandardInput(), Console.OpenStandardOutput());
var code = verb.Serve();

// Threads of a run that has not ended in time are no reason to stay.
Environment.Exit(code);
return code;

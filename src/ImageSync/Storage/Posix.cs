using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

// No call here needs code that is made when it is made.
[assembly: System.Runtime.CompilerServices.DisableRuntimeMarshalling]

namespace ImageSync.Storage;

/// <summary>
/// What POSIX can and .NET cannot: open a file without waiting for the other end of a FIFO, and without following a link in
/// the last place of its path (<c>open(2)</c>, <c>O_NONBLOCK</c> and <c>O_NOFOLLOW</c>).
/// </summary>
/// <remarks>Only calls with plain numbers and one string: the code for them is made at compile time, also for Native AOT.</remarks>
[UnsupportedOSPlatform("windows")]
internal static partial class Posix
{
    /// <summary>The modes of <c>open(2)</c>; the same numbers everywhere.</summary>
    public const int ReadOnly = 0, ReadWrite = 2;

    // EINTR, EPERM, ENOENT, EACCES: these have the same numbers everywhere.
    private const int Interrupted = 4, NotPermitted = 1, NoEntry = 2, NoAccess = 13;

    // FICLONE: _IOW(0x94, 9, int). Another number on POWER, where the call fails and the bytes are copied.
    private const nuint CloneWhole = 0x40049409;
    private const int LockExclusive = 2, LockWithoutWaiting = 4;

    // The octal numbers of Linux's asm/fcntl.h, and those of Apple's sys/fcntl.h.
    private static readonly int NonBlocking = OperatingSystem.IsMacOS() ? 0x4 : 0x800;
    private static readonly int CloseOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;
    private static readonly int NoFollow = OperatingSystem.IsMacOS() ? 0x100
        : RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 or Architecture.Ppc64le ? 0x8000 : 0x20000;

    // <sys/stat.h>: the type of a file within its mode, the same bits everywhere.
    private const int TypeBits = 0xF000, Folder = 0x4000, Regular = 0x8000, Link = 0xA000;

    // Of statx(2): asked of the path itself, from the current folder. Its structure is the same everywhere.
    private const int CurrentFolder = -100, OfTheLinkItself = 0x100, StatLength = 256, OwnerInStatx = 20, ModeInStatx = 28;
    private const uint WantsType = 1, WantsOwner = 0x18;

    // Of Apple's lstat(2), with inode numbers of 64 bits.
    private const int ModeInStat = 4, OwnerInStat = 16;

    private static readonly int WouldBlock = OperatingSystem.IsMacOS() ? 35 : 11;

    /// <summary>Whether the numbers here are those of this system.</summary>
    [UnsupportedOSPlatformGuard("windows")]
    public static bool IsHere { get; } = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    /// <summary>Opens what is there, be it what it may; the caller looks at what it was.</summary>
    /// <exception cref="IOException">It is not there, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static SafeFileHandle Open(string path, int mode, bool followsLink)
    {
        int file;
        while ((file = Open(path, mode | NonBlocking | CloseOnExec | (followsLink ? 0 : NoFollow))) < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                throw Failure(path, error);
            }
        }

        return new SafeFileHandle(file, ownsHandle: true);
    }

    /// <summary>Takes the file for this process alone, as .NET's <c>FileShare.None</c> does; false while somebody else has it.</summary>
    public static bool TryLock(SafeFileHandle file)
    {
        while (Lock(file, LockExclusive | LockWithoutWaiting) < 0)
        {
            // A file system without locks locks nobody out; .NET sees it so too.
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                return error != WouldBlock;
            }
        }

        return true;
    }

    /// <summary>Whether what is in a place is a FIFO, a device or a socket; false where nobody can tell.</summary>
    public static bool IsSpecial(string path)
    {
        Span<byte> stat = stackalloc byte[StatLength];
        return TryStat(path, WantsType, stat)
            && (MemoryMarshal.Read<ushort>(stat[(OperatingSystem.IsLinux() ? ModeInStatx : ModeInStat)..]) & TypeBits)
                is not (Folder or Regular or Link);
    }

    /// <summary>Gives a file to the user and the group of what is in a place; what is not known or not permitted stays as it is.</summary>
    public static void OwnAs(SafeFileHandle file, string path)
    {
        Span<byte> stat = stackalloc byte[StatLength];
        if (TryStat(path, WantsOwner, stat))
        {
            var owner = stat[(OperatingSystem.IsLinux() ? OwnerInStatx : OwnerInStat)..];
            _ = Own(file, MemoryMarshal.Read<uint>(owner), MemoryMarshal.Read<uint>(owner[sizeof(uint)..]));
        }
    }

    private static bool TryStat(string path, uint wanted, Span<byte> stat)
    {
        try
        {
            ref var first = ref MemoryMarshal.GetReference(stat);
            return (OperatingSystem.IsLinux() ? Stat(CurrentFolder, path, OfTheLinkItself, wanted, ref first)
                : RuntimeInformation.ProcessArchitecture == Architecture.X64 ? StatX64(path, ref first)
                : Stat(path, ref first)) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            // A libc from before statx(2).
            return false;
        }
    }

    /// <summary>Has an empty file share the blocks of another; false where the file system cannot do it, and nothing was done.</summary>
    public static bool TryClone(SafeFileHandle source, SafeFileHandle target) =>
        OperatingSystem.IsLinux() && Control(target, CloneWhole, source) == 0;

    private static Exception Failure(string path, int error) => error switch
    {
        NoEntry => new FileNotFoundException($"Could not find file '{path}'.", path),
        NotPermitted or NoAccess => new UnauthorizedAccessException($"Access to the path '{path}' is denied."),
        _ => new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{path}'", error),
    };

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "fchown")]
    private static partial int Own(SafeFileHandle file, uint user, uint group);

    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(int folder, string path, int flags, uint mask, ref byte stat);

    [LibraryImport("libc", EntryPoint = "lstat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, ref byte stat);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX64(string path, ref byte stat);

    // Variable arguments, which only Apple's systems on ARM hand over otherwise than declared ones.
    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(SafeFileHandle file, nuint request, SafeFileHandle argument);
}

// What the compiler wants for patterns over arrays and for records, and .NET Standard 2.0 does not have.
#pragma warning disable SA1402, SA1649, IDE0130

namespace System
{
    /// <summary>A position in an array, from its beginning or its end.</summary>
    internal readonly struct Index(int value, bool fromEnd = false)
    {
        public int Value { get; } = value;

        public bool IsFromEnd { get; } = fromEnd;

        public int GetOffset(int length) => IsFromEnd ? length - Value : Value;
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>Marks what only an initializer may set.</summary>
    internal static class IsExternalInit;
}

using System.Globalization;

namespace ImageSync.Testing;

/// <summary>Numbers that a long run of a random test is given from outside: how many rounds, and the seed of one to repeat.</summary>
public static class EnvironmentNumber
{
    /// <summary>The variable's value; null where it is not set.</summary>
    public static int? Of(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}

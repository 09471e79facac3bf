namespace ImageSync.Images;

/// <summary>
/// Makes names in XML such as XmlReader takes. It refuses what XML calls an error that a processor may pass over, and what only
/// Namespaces in XML §7 forbids; browsers show both. Other letters stand in for these, as many as there were, so that places stay.
/// </summary>
internal sealed class LenientNames
{
    // XML 1.0 §2.10: other values than default and preserve are no fatal error.
    private const string Space = "xml:space";
    private const string EntityDeclaration = "<!ENTITY";

    private char _last;
    private int _matchedOfSpace;
    private int _matchedOfDeclaration;
    private State _state;

    private enum State
    {
        Elsewhere,
        BeforeName,
        InName,
    }

    /// <summary>Goes over the next characters of the document.</summary>
    public void Relax(Span<char> text)
    {
        foreach (ref var character in text)
        {
            var read = character;
            _matchedOfSpace = Matched(Space, _matchedOfSpace, read);
            if (_matchedOfSpace == Space.Length)
            {
                character = 'E';
                _matchedOfSpace = 0;
            }

            // Targets of instructions, and entities. Elements and attributes are none of these: a < or a space stands before them.
            _matchedOfDeclaration = Matched(EntityDeclaration, _matchedOfDeclaration, read);
            _state = _matchedOfDeclaration == EntityDeclaration.Length ? State.BeforeName
                : read == '&' || (read == '?' && _last == '<') ? State.InName
                : _state == State.BeforeName && (char.IsWhiteSpace(read) || read == '%') ? State.BeforeName
                : _state != State.Elsewhere && IsOfName(read) ? State.InName
                : State.Elsewhere;
            _matchedOfDeclaration = _matchedOfDeclaration == EntityDeclaration.Length ? 0 : _matchedOfDeclaration;
            if (read == ':' && _state == State.InName)
            {
                character = '_';
            }

            _last = read;
        }
    }

    // The first character of either text comes in it once, so that a match which fails can begin again with that one alone.
    private static int Matched(string text, int matched, char next) => next == text[matched] ? matched + 1 : next == text[0] ? 1 : 0;

    private static bool IsOfName(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' or ':' or >= '\u0080';
}

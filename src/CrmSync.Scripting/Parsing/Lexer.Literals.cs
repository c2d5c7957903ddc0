using System.Globalization;
using System.Numerics;
using System.Text;
using CrmSync.Scripting.Runtime;

namespace CrmSync.Scripting.Parsing;

/// <summary>Texts and numbers.</summary>
internal sealed partial class Lexer
{
    /// <summary>Larger exponents would make an integer of thousands of digits.</summary>
    private const int ExponentMax = 300;

    private void ReadString()
    {
        var start = _position;
        var quote = _text[_position++];
        var value = ReadQuoted(quote, stopAtHole: false, out var closed);

        if (!closed)
            source.Error(source.Span(start, start + 1), "The text is not closed.", $"End it with {quote}.");

        _position = Math.Min(_text.Length, _position + 1);
        Add(TokenKind.String, start, _position, value);
    }

    private void ReadVerbatimString()
    {
        var start = _position++;
        var value = new StringBuilder();

        while (_position < _text.Length)
        {
            if (_text[_position] == '`')
            {
                if (!StartsWith("``", _position))
                    break;

                _position++;
            }

            value.Append(_text[_position++]);
        }

        if (_position >= _text.Length)
            source.Error(source.Span(start, start + 1), "The text is not closed.", "End it with `.");

        _position = Math.Min(_text.Length, _position + 1);
        Add(TokenKind.String, start, _position, value.ToString());
    }

    private void ReadInterpolationStart()
    {
        var start = _position;
        var quote = _text[_position + 1];
        _position += 2;
        Add(TokenKind.InterpolationStart, start, _position, "");
        ReadInterpolationText(quote, start);
    }

    private void ReadHoleEnd()
    {
        var (quote, _, start) = _holes.Pop();
        Add(TokenKind.HoleEnd, _position, _position + 1, "}");
        _position++;
        ReadInterpolationText(quote, start);
    }

    private void ReadInterpolationText(char quote, int interpolationStart)
    {
        var start = _position;
        var value = ReadQuoted(quote, stopAtHole: true, out var closed);

        if (value.Length > 0)
            Add(TokenKind.String, start, _position, value);

        if (!closed)
            source.Error(source.Span(interpolationStart, interpolationStart + 1), "The interpolated text is not closed.", $"End it with {quote}.");

        if (closed && _text[_position] == '{')
        {
            _holes.Push((quote, _braces, interpolationStart));
            Add(TokenKind.HoleStart, _position, _position + 1, "{");
        }
        else
        {
            Add(TokenKind.InterpolationEnd, _position, Math.Min(_text.Length, _position + 1), "");
        }

        _position = Math.Min(_text.Length, _position + 1);
    }

    /// <summary>Reads up to the quote (or an opening brace), which stays unread.</summary>
    private string ReadQuoted(char quote, bool stopAtHole, out bool closed)
    {
        var value = new StringBuilder();

        while (_position < _text.Length)
        {
            var c = _text[_position];

            if (c == quote || (stopAtHole && c == '{'))
            {
                closed = true;
                return value.ToString();
            }

            if (c == '\\')
            {
                ReadEscape(value);
            }
            else
            {
                value.Append(c);
                _position++;
            }
        }

        closed = false;
        return value.ToString();
    }

    private void ReadEscape(StringBuilder value)
    {
        var start = _position++;
        var c = _position < _text.Length ? _text[_position] : '\0';
        _position++;

        switch (c)
        {
            case '\n': break;
            case '\r' when _position < _text.Length && _text[_position] == '\n': _position++; break;
            case 'n': value.Append('\n'); break;
            case 'r': value.Append('\r'); break;
            case 't': value.Append('\t'); break;
            case 'b': value.Append('\b'); break;
            case 'f': value.Append('\f'); break;
            case 'v': value.Append('\v'); break;
            case '0': value.Append('\0'); break;
            case 'u': ReadHexEscape(value, start, digits: 4); break;
            case 'x': ReadHexEscape(value, start, digits: 2); break;
            case '\\' or '\'' or '"' or '{' or '}' or '`': value.Append(c); break;
            default:
                source.Error(source.Span(start, start + 2), "This escape sequence is unknown.", "Write \\\\ for a backslash, or use a `verbatim text`.");
                break;
        }
    }

    private void ReadHexEscape(StringBuilder value, int start, int digits)
    {
        if (_position + digits <= _text.Length
            && int.TryParse(_text.AsSpan(_position, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            value.Append((char)code);
            _position += digits;
        }
        else
        {
            source.Error(source.Span(start, start + 2), $"A character code needs {digits} hexadecimal digits.");
        }
    }

    private void ReadNumber()
    {
        var start = _position;

        if (_text[_position] == '0' && _position + 1 < _text.Length && _text[_position + 1] is 'x' or 'X' or 'b' or 'B')
            ReadRadixNumber(start);
        else
            ReadDecimalNumber(start);
    }

    private void ReadRadixNumber(int start)
    {
        var isHex = _text[_position + 1] is 'x' or 'X';
        _position += 2;
        var digits = TakeDigits(isHex ? char.IsAsciiHexDigit : c => c is '0' or '1');

        if (_position < _text.Length && _text[_position] is 'u' or 'U')
            _position++;

        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowBinarySpecifier;

        if (ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out var value))
            AddNumber(start, Fit(value));
        else
            NumberError(start);
    }

    private void ReadDecimalNumber(int start)
    {
        var digits = TakeDigits(char.IsAsciiDigit);
        var isReal = false;

        if (_position + 1 < _text.Length && _text[_position] == '.' && char.IsAsciiDigit(_text[_position + 1]))
        {
            isReal = true;
            _position++;
            digits += "." + TakeDigits(char.IsAsciiDigit);
        }

        var exponent = TakeExponent(ref isReal);
        var suffix = TakeSuffix();

        if (Math.Abs(exponent) > ExponentMax)
            NumberError(start);
        else if (suffix is 'f' or 'F')
            AddNumber(start, float.Parse($"{digits}e{exponent}", CultureInfo.InvariantCulture));
        else if (suffix is 'm' or 'M')
            AddDecimal(start, $"{digits}e{exponent}");
        else if (isReal || suffix is 'd' or 'D')
            AddNumber(start, double.Parse($"{digits}e{exponent}", CultureInfo.InvariantCulture));
        else if (digits.Length > ExponentMax)
            NumberError(start);
        else
            AddNumber(start, Fit(BigInteger.Parse(digits, CultureInfo.InvariantCulture) * BigInteger.Pow(10, exponent)));
    }

    private int TakeExponent(ref bool isReal)
    {
        if (_position >= _text.Length || _text[_position] is not ('e' or 'E'))
            return 0;

        var sign = _position + 1 < _text.Length && _text[_position + 1] is '+' or '-' ? 1 : 0;
        if (_position + 1 + sign >= _text.Length || !char.IsAsciiDigit(_text[_position + 1 + sign]))
            return 0;

        var isNegative = _text[_position + 1] == '-';
        _position += 1 + sign;
        var value = int.TryParse(TakeDigits(char.IsAsciiDigit), CultureInfo.InvariantCulture, out var parsed) ? parsed : int.MaxValue;
        isReal |= isNegative;
        return isNegative ? -value : value;
    }

    private char TakeSuffix()
    {
        if (_position >= _text.Length || _text[_position] is not ('f' or 'F' or 'd' or 'D' or 'm' or 'M'))
            return '\0';

        if (_position + 1 < _text.Length && (char.IsLetterOrDigit(_text[_position + 1]) || _text[_position + 1] == '_'))
            return '\0';

        return _text[_position++];
    }

    private string TakeDigits(Func<char, bool> isDigit)
    {
        var digits = new StringBuilder();

        while (_position < _text.Length && (isDigit(_text[_position]) || _text[_position] == '_'))
        {
            if (_text[_position] != '_')
                digits.Append(_text[_position]);

            _position++;
        }

        return digits.ToString();
    }

    private static object Fit(BigInteger value) => Numbers.Box(value, Site.None);

    private void AddDecimal(int start, string digits)
    {
        if (decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            AddNumber(start, value);
        else
            NumberError(start);
    }

    private void AddNumber(int start, object value) => Add(TokenKind.Number, start, _position, _text[start.._position], value);

    private void NumberError(int start)
    {
        source.Error(source.Span(start, _position), "This is not a number the language knows.");
        AddNumber(start, 0);
    }
}

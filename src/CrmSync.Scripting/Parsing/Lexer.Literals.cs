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
        var start = position;
        var quote = text[position++];
        var value = ReadQuoted(quote, stopAtHole: false, out var closed);

        if (!closed)
            source.Error(source.Span(start, start + 1), "The text is not closed.", $"End it with {quote}.");

        position = Math.Min(text.Length, position + 1);
        Add(TokenKind.String, start, position, value);
    }

    private void ReadVerbatimString()
    {
        var start = position++;
        var value = new StringBuilder();

        while (position < text.Length)
        {
            if (text[position] == '`')
            {
                if (!StartsWith("``", position))
                    break;

                position++;
            }

            value.Append(text[position++]);
        }

        if (position >= text.Length)
            source.Error(source.Span(start, start + 1), "The text is not closed.", "End it with `.");

        position = Math.Min(text.Length, position + 1);
        Add(TokenKind.String, start, position, value.ToString());
    }

    private void ReadInterpolationStart()
    {
        var start = position;
        var quote = text[position + 1];
        position += 2;
        Add(TokenKind.InterpolationStart, start, position, "");
        ReadInterpolationText(quote, start);
    }

    private void ReadHoleEnd()
    {
        var (quote, _, start) = holes.Pop();
        Add(TokenKind.HoleEnd, position, position + 1, "}");
        position++;
        ReadInterpolationText(quote, start);
    }

    private void ReadInterpolationText(char quote, int interpolationStart)
    {
        var start = position;
        var value = ReadQuoted(quote, stopAtHole: true, out var closed);

        if (value.Length > 0)
            Add(TokenKind.String, start, position, value);

        if (!closed)
            source.Error(source.Span(interpolationStart, interpolationStart + 1), "The interpolated text is not closed.", $"End it with {quote}.");

        if (closed && text[position] == '{')
        {
            holes.Push((quote, braces, interpolationStart));
            Add(TokenKind.HoleStart, position, position + 1, "{");
        }
        else
        {
            Add(TokenKind.InterpolationEnd, position, Math.Min(text.Length, position + 1), "");
        }

        position = Math.Min(text.Length, position + 1);
    }

    /// <summary>Reads up to the quote (or an opening brace), which stays unread.</summary>
    private string ReadQuoted(char quote, bool stopAtHole, out bool closed)
    {
        var value = new StringBuilder();

        while (position < text.Length)
        {
            var c = text[position];

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
                position++;
            }
        }

        closed = false;
        return value.ToString();
    }

    private void ReadEscape(StringBuilder value)
    {
        var start = position++;
        var c = position < text.Length ? text[position] : '\0';
        position++;

        switch (c)
        {
            case '\n': break;
            case '\r' when position < text.Length && text[position] == '\n': position++; break;
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
        if (position + digits <= text.Length
            && int.TryParse(text.AsSpan(position, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            value.Append((char)code);
            position += digits;
        }
        else
        {
            source.Error(source.Span(start, start + 2), $"A character code needs {digits} hexadecimal digits.");
        }
    }

    private void ReadNumber()
    {
        var start = position;

        if (text[position] == '0' && position + 1 < text.Length && text[position + 1] is 'x' or 'X' or 'b' or 'B')
            ReadRadixNumber(start);
        else
            ReadDecimalNumber(start);
    }

    private void ReadRadixNumber(int start)
    {
        var isHex = text[position + 1] is 'x' or 'X';
        position += 2;
        var digits = TakeDigits(isHex ? char.IsAsciiHexDigit : c => c is '0' or '1');

        if (position < text.Length && text[position] is 'u' or 'U')
            position++;

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

        if (position + 1 < text.Length && text[position] == '.' && char.IsAsciiDigit(text[position + 1]))
        {
            isReal = true;
            position++;
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
        if (position >= text.Length || text[position] is not ('e' or 'E'))
            return 0;

        var sign = position + 1 < text.Length && text[position + 1] is '+' or '-' ? 1 : 0;
        if (position + 1 + sign >= text.Length || !char.IsAsciiDigit(text[position + 1 + sign]))
            return 0;

        var isNegative = text[position + 1] == '-';
        position += 1 + sign;
        var value = int.TryParse(TakeDigits(char.IsAsciiDigit), CultureInfo.InvariantCulture, out var parsed) ? parsed : int.MaxValue;
        isReal |= isNegative;
        return isNegative ? -value : value;
    }

    private char TakeSuffix()
    {
        if (position >= text.Length || text[position] is not ('f' or 'F' or 'd' or 'D' or 'm' or 'M'))
            return '\0';

        if (position + 1 < text.Length && (char.IsLetterOrDigit(text[position + 1]) || text[position + 1] == '_'))
            return '\0';

        return text[position++];
    }

    private string TakeDigits(Func<char, bool> isDigit)
    {
        var digits = new StringBuilder();

        while (position < text.Length && (isDigit(text[position]) || text[position] == '_'))
        {
            if (text[position] != '_')
                digits.Append(text[position]);

            position++;
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

    private void AddNumber(int start, object value) => Add(TokenKind.Number, start, position, text[start..position], value);

    private void NumberError(int start)
    {
        source.Error(source.Span(start, position), "This is not a number the language knows.");
        AddNumber(start, 0);
    }
}

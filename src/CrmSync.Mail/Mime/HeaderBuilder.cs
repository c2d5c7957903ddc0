using System.Text;

namespace CrmSync.Mail.Mime;

/// <summary>Writes one header field, folded at 76 columns where a space allows it.</summary>
/// <remarks>Callers pass tokens free of CR and LF; the only line breaks written are folds.</remarks>
internal sealed class HeaderBuilder
{
    // RFC 2047 section 2: a line with an encoded word has at most 76 characters; one limit for all lines.
    private const int ColumnMax = 76;

    private readonly StringBuilder _field = new();
    private readonly int _nameLength;
    private int _column;

    private bool IsEmpty => _field.Length == _nameLength;

    // After a fold the space before the next token is there already.
    private int Room => ColumnMax - _column - (_column == 1 ? 0 : 1);

    public HeaderBuilder(string name)
    {
        _field.Append(name).Append(':');
        _column = _nameLength = _field.Length;
    }

    /// <summary>Appends something that must stay in one piece, after a space or a fold.</summary>
    public HeaderBuilder Token(string token)
    {
        Separate(token.Length);
        _field.Append(token);
        _column += token.Length;
        return this;
    }

    /// <summary>Appends free text; words that are not plain ASCII become encoded words.</summary>
    public HeaderBuilder Text(string text)
    {
        var words = HeaderText.Clean(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length;)
        {
            if (HeaderText.IsPlainWord(words[i]))
            {
                Token(words[i++]);
                continue;
            }

            // Decoders drop the white space between two encoded words (RFC 2047 section 6.2): a run of them is encoded as one text.
            var end = i;
            while (end < words.Length && !HeaderText.IsPlainWord(words[end]))
            {
                end++;
            }

            Encoded(string.Join(' ', words[i..end]));
            i = end;
        }

        return this;
    }

    /// <summary>Appends <c>Name &lt;address&gt;</c>, or the bare address, and <paramref name="after"/> (a comma or nothing).</summary>
    public HeaderBuilder Mailbox(Mailbox mailbox, string after = "")
    {
        if (mailbox.DisplayName is not { } name)
        {
            return Token(mailbox.Address + after);
        }

        var words = name.Split(' ');
        if (words.All(HeaderText.IsAtom))
        {
            foreach (var word in words)
            {
                Token(word);
            }
        }
        else if (words.All(HeaderText.IsPlainWord) && name.Length < ColumnMax)
        {
            Token(HeaderText.Quote(name));
        }
        else
        {
            // Python's parser leaves the space between two encoded words of a name: a name that fits into one gets one.
            if (EncodedWord.Encode(name, EncodedWord.LengthMax, EncodedWord.PrefersBase64(name)).Taken == name.Length)
            {
                FoldUnless(EncodedWord.LengthMax);
            }

            Encoded(name);
        }

        return Token($"<{mailbox.Address}>{after}");
    }

    /// <summary>The field with its line end.</summary>
    public override string ToString() => $"{_field}\r\n";

    private void Encoded(string text)
    {
        var base64 = EncodedWord.PrefersBase64(text);
        for (var at = 0; at < text.Length;)
        {
            FoldUnless(EncodedWord.LengthMin);
            var (word, taken) = EncodedWord.Encode(text.AsSpan(at), Room, base64);
            Token(word);
            at += taken;
        }
    }

    private void FoldUnless(int room)
    {
        if (Room < room)
        {
            Fold();
        }
    }

    private void Separate(int length)
    {
        // An empty first line would be dropped by some: the first token stays beside the name.
        if (!IsEmpty && _column > 1 && _column + 1 + length > ColumnMax)
        {
            Fold();
        }

        if (IsEmpty || _column > 1)
        {
            _field.Append(' ');
            _column++;
        }
    }

    private void Fold()
    {
        _field.Append("\r\n ");
        _column = 1;
    }
}

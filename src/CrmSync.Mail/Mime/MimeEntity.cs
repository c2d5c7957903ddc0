using System.Text;

namespace CrmSync.Mail.Mime;

/// <summary>One node of the tree of parts: its header fields and a body that can be written any number of times.</summary>
internal abstract class MimeEntity(string header)
{
    /// <summary>Content-* fields, each with its line end.</summary>
    public string Header => header;

    public abstract ValueTask WriteBodyAsync(Stream output, CancellationToken cancel);

    public async ValueTask WriteAsync(Stream output, CancellationToken cancel)
    {
        await output.WriteAsync(Encoding.ASCII.GetBytes($"{header}\r\n"), cancel);
        await WriteBodyAsync(output, cancel);
    }
}

/// <summary>A text part, encoded so that it is 7-bit and survives relays.</summary>
internal sealed class TextEntity : MimeEntity
{
    private readonly byte[] _body;

    private TextEntity(string mediaType, string encoding, byte[] body)
        : base($"Content-Type: {mediaType}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n") => _body = body;

    public static TextEntity Of(string mediaType, string text)
    {
        var (encoding, body) = TextEncoding.Encode(text);
        return new TextEntity(mediaType, encoding, body);
    }

    public override ValueTask WriteBodyAsync(Stream output, CancellationToken cancel) => output.WriteAsync(_body, cancel);
}

/// <summary>A file, always in base64: the bytes that arrive are the bytes that left.</summary>
internal sealed class FileEntity(MailAttachment file) : MimeEntity(FieldsFor(file))
{
    private const string NamelessFile = "attachment";
    private const int NameMax = 150;

    public override async ValueTask WriteBodyAsync(Stream output, CancellationToken cancel)
    {
        await using var content = file.Open();
        await Base64Lines.EncodeAsync(content, output, cancel);
    }

    private static string FieldsFor(MailAttachment file)
    {
        var name = SafeName(file.FileName);
        var fields = new StringBuilder();
        // Old clients look for the name on Content-Type.
        fields.Append(Field("Content-Type", MediaType(file.MediaType), HeaderParameter.Tokens("name", HeaderParameter.AsciiFallback(name))));
        fields.Append(Field(
            "Content-Disposition", file.ContentId is null ? "attachment" : "inline", HeaderParameter.Tokens("filename", name)));
        if (file.ContentId is { } id)
        {
            fields.Append(new HeaderBuilder("Content-ID").Token(MessageId.Checked($"<{id}>")));
        }

        return fields.Append("Content-Transfer-Encoding: base64\r\n").ToString();
    }

    private static string Field(string name, string value, IReadOnlyList<string> parameters)
    {
        var field = new HeaderBuilder(name);
        string[] tokens = [value, .. parameters];
        for (var i = 0; i < tokens.Length; i++)
        {
            field.Token(i == tokens.Length - 1 ? tokens[i] : tokens[i] + ";");
        }

        return field.ToString();
    }

    private static string SafeName(string name)
    {
        var last = HeaderText.Clean(name[(name.LastIndexOfAny(['/', '\\']) + 1)..]).Trim('.', ' ');
        return last.Length switch
        {
            0 => NamelessFile,
            > NameMax => CutAtRune(last),
            _ => last,
        };
    }

    // The end is kept: it holds the extension.
    private static string CutAtRune(string name)
    {
        var start = name.Length - NameMax;
        return name[(char.IsLowSurrogate(name[start]) ? start + 1 : start)..];
    }

    private static string MediaType(string mediaType)
    {
        var parts = mediaType.Split('/');
        return parts.Length == 2 && parts.All(HeaderText.IsAtom)
            ? mediaType
            : throw new ArgumentException("A media type has the form type/subtype.", nameof(mediaType));
    }
}

internal sealed class MultipartEntity(string subtype, string boundary, IReadOnlyList<MimeEntity> parts)
    : MimeEntity($"Content-Type: multipart/{subtype};\r\n boundary=\"{boundary}\"\r\n")
{
    public override async ValueTask WriteBodyAsync(Stream output, CancellationToken cancel)
    {
        foreach (var part in parts)
        {
            await output.WriteAsync(Encoding.ASCII.GetBytes($"--{boundary}\r\n"), cancel);
            await part.WriteAsync(output, cancel);
            await output.WriteAsync("\r\n"u8.ToArray(), cancel);
        }

        await output.WriteAsync(Encoding.ASCII.GetBytes($"--{boundary}--\r\n"), cancel);
    }
}

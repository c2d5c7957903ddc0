using System.Buffers;
using System.Buffers.Text;

namespace CrmSync.Mail.Mime;

/// <summary>Base64 in lines of 76 characters (RFC 2045 section 6.8), streamed: memory does not grow with the content.</summary>
internal static class Base64Lines
{
    private const int LineBytes = 57;
    private const int LineChars = 78;
    private const int LinesPerBlock = 512;

    public static async ValueTask EncodeAsync(Stream content, Stream output, CancellationToken cancel)
    {
        var source = ArrayPool<byte>.Shared.Rent(LineBytes * LinesPerBlock);
        var target = ArrayPool<byte>.Shared.Rent(LineChars * LinesPerBlock);
        try
        {
            int read;
            while ((read = await content.ReadAtLeastAsync(source.AsMemory(0, LineBytes * LinesPerBlock), LineBytes * LinesPerBlock, false, cancel)) > 0)
            {
                await output.WriteAsync(target.AsMemory(0, Encode(source.AsSpan(0, read), target)), cancel);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(source);
            ArrayPool<byte>.Shared.Return(target);
        }
    }

    public static byte[] Encode(ReadOnlySpan<byte> content)
    {
        var target = new byte[(content.Length + LineBytes - 1) / LineBytes * LineChars];
        return target[..Encode(content, target)];
    }

    private static int Encode(ReadOnlySpan<byte> content, Span<byte> target)
    {
        var written = 0;
        while (!content.IsEmpty)
        {
            var line = content[..Math.Min(LineBytes, content.Length)];
            Base64.EncodeToUtf8(line, target[written..], out _, out var count);
            written += count;
            target[written++] = (byte)'\r';
            target[written++] = (byte)'\n';
            content = content[line.Length..];
        }

        return written;
    }
}

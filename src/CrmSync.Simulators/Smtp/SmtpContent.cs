using System.Buffers;

namespace CrmSync.Simulators.Smtp;

/// <summary>What came between 354 and the final dot.</summary>
internal sealed class SmtpContent
{
    private const int LineMax = 998;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private bool _bareLineEnd;
    private bool _longLine;

    public byte[] Bytes => _bytes.WrittenSpan.ToArray();

    /// <summary>Reads to the lone dot; null when the client went away, or when <paramref name="afterFirstLines"/> says that it is over.</summary>
    public static async Task<SmtpContent?> ReadAsync(SmtpWire wire, Func<Task<bool>> afterFirstLines, CancellationToken cancel)
    {
        var content = new SmtpContent();
        for (var lines = 0; await wire.ReadLineAsync(cancel) is { } line; lines++)
        {
            if (line is [(byte)'.'])
            {
                return content;
            }

            if (lines == 3 && !await afterFirstLines())
            {
                return null;
            }

            content.Add(line);
        }

        return null;
    }

    /// <summary>The reply that refuses it, or null.</summary>
    public string? Complaint(long sizeMax) =>
        _bareLineEnd ? "550 5.5.2 bare <LF> received"
        : _longLine ? "550 5.5.2 line too long"
        : sizeMax > 0 && _bytes.WrittenCount > sizeMax ? "552 5.3.4 Message size exceeds fixed limit"
        : null;

    private void Add(byte[] line)
    {
        _bareLineEnd |= line.AsSpan().IndexOfAny((byte)'\r', (byte)'\n') >= 0;
        _longLine |= line.Length > LineMax;
        _bytes.Write(line.AsSpan(line is [(byte)'.', ..] ? 1 : 0));
        _bytes.Write("\r\n"u8);
    }
}

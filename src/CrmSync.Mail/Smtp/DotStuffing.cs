using CrmSync.Mail.Mime;

namespace CrmSync.Mail.Smtp;

/// <summary>What stands between a mail and the wire: every line ends with CRLF, and none is a lone dot (RFC 5321 section 4.5.2).</summary>
/// <remarks>
/// Line ends are put right before dots are looked for, so that no <c>LF . LF</c> or <c>CR . CR</c> that a lenient server would take
/// for the end of the mail can pass (SMTP smuggling, CVE-2023-51764).
/// </remarks>
internal sealed class DotStuffing(Func<ReadOnlyMemory<byte>, ValueTask> write) : WriteOnlyStream
{
    private const int BlockSize = 16 * 1024;

    // The longest that one octet can become: CR LF and a second dot.
    private const int GrowthMax = 4;

    private readonly byte[] _block = new byte[BlockSize];
    private int _filled;
    private bool _lineStart = true;
    private bool _afterReturn;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            buffer = buffer[Fill(buffer.Span)..];
            if (_filled > BlockSize - GrowthMax)
            {
                await SendAsync();
            }
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer) => throw new NotSupportedException("Mail is written asynchronously.");

    /// <summary>Ends the last line and hands out what is left; the caller writes the dot.</summary>
    public async ValueTask FinishAsync()
    {
        if (!_lineStart)
        {
            EndLine();
        }

        await SendAsync();
    }

    private int Fill(ReadOnlySpan<byte> octets)
    {
        var at = 0;
        while (at < octets.Length && _filled <= BlockSize - GrowthMax)
        {
            // Within a line nothing changes: only its first octet and its end are looked at.
            var run = _lineStart ? 0 : octets[at..].IndexOfAny((byte)'\r', (byte)'\n');
            run = Math.Min(run < 0 ? octets.Length - at : run, BlockSize - GrowthMax - _filled);
            if (run > 0)
            {
                octets.Slice(at, run).CopyTo(_block.AsSpan(_filled));
                _filled += run;
                at += run;
                _afterReturn = false;
            }
            else
            {
                Add(octets[at++]);
            }
        }

        return at;
    }

    private void Add(byte octet)
    {
        var afterReturn = _afterReturn;
        _afterReturn = octet == '\r';
        switch (octet)
        {
            case (byte)'\n' when afterReturn:
                break;
            case (byte)'\r' or (byte)'\n':
                EndLine();
                break;
            default:
                if (_lineStart && octet == '.')
                {
                    _block[_filled++] = octet;
                }

                _block[_filled++] = octet;
                _lineStart = false;
                break;
        }
    }

    private void EndLine()
    {
        _block[_filled++] = (byte)'\r';
        _block[_filled++] = (byte)'\n';
        _lineStart = true;
    }

    private async ValueTask SendAsync()
    {
        if (_filled > 0)
        {
            await write(_block.AsMemory(0, _filled));
            _filled = 0;
        }
    }
}

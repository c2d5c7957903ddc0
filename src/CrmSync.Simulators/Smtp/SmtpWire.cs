using System.Buffers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CrmSync.Simulators.Smtp;

/// <summary>The server's end of a connection: strict lines in, answers out, which leave when there is nothing more to read.</summary>
internal sealed class SmtpWire(Stream stream, Func<CancellationToken, Task> delay, Action<ReadOnlySpan<byte>> onClearText) : IAsyncDisposable
{
    private const int LineMax = 1024 * 1024;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly MemoryStream _answers = new();
    private readonly ArrayBufferWriter<byte> _line = new();
    private int _start;
    private int _end;
    private Stream _stream = stream;

    public bool IsSecure => _stream is SslStream;

    /// <summary>More has arrived than was read so far.</summary>
    public bool HasUnread => _start < _end;

    /// <summary>One line without its CRLF, or null at the end. A bare LF is part of the line, as it should be.</summary>
    public async Task<byte[]?> ReadLineAsync(CancellationToken cancel)
    {
        _line.ResetWrittenCount();
        while (_line.WrittenCount < LineMax)
        {
            var unread = _buffer.AsMemory(_start.._end);
            var found = unread.Span.IndexOf((byte)'\n');
            _line.Write(unread.Span[..(found < 0 ? unread.Length : found + 1)]);
            _start += found < 0 ? unread.Length : found + 1;
            if (found >= 0 && _line.WrittenSpan is [.. var text, (byte)'\r', (byte)'\n'])
            {
                return text.ToArray();
            }

            if (_start == _end && !await FillAsync(cancel))
            {
                return null;
            }
        }

        return null;
    }

    public void Answer(string text) => Write($"{text}\r\n");

    public void Write(string text) => _answers.Write(Encoding.UTF8.GetBytes(text));

    public async Task FlushAsync(CancellationToken cancel)
    {
        if (_answers.Length > 0)
        {
            await delay(cancel);
            await _stream.WriteAsync(_answers.GetBuffer().AsMemory(0, (int)_answers.Length), cancel);
            await _stream.FlushAsync(cancel);
            _answers.SetLength(0);
        }
    }

    public async Task SecureAsync(X509Certificate2 certificate, CancellationToken cancel)
    {
        await FlushAsync(cancel);
        var tls = new SslStream(_stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancel);
        _stream = tls;
        _start = _end = 0;
    }

    /// <summary>Listens and says nothing until the client has had enough.</summary>
    public async Task DrainAsync(CancellationToken cancel)
    {
        while (await _stream.ReadAsync(_buffer, cancel) > 0)
        {
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<bool> FillAsync(CancellationToken cancel)
    {
        await FlushAsync(cancel);
        _start = 0;
        _end = await _stream.ReadAsync(_buffer, cancel);
        if (!IsSecure)
        {
            onClearText(_buffer.AsSpan(0, _end));
        }

        return _end > 0;
    }
}

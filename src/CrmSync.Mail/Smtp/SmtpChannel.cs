using System.Globalization;
using System.Net.Security;
using System.Text;

namespace CrmSync.Mail.Smtp;

/// <summary>Lines out, replies in, over any stream, each wait bounded.</summary>
/// <remarks>Whatever a server says stays within <see cref="LineMax"/> and <see cref="LinesMax"/>; more ends the conversation.</remarks>
internal sealed class SmtpChannel(Stream stream, SmtpTimeouts timeouts, TimeProvider clock) : IAsyncDisposable
{
    // RFC 5321 allows 512, RFC 4954 12,288 for lines of an AUTH exchange.
    private const int LineMax = 12_288;
    private const int LinesMax = 128;

    private static readonly Encoding Strict = new UTF8Encoding(false, throwOnInvalidBytes: true);

    private readonly byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;
    private Stream _stream = stream;

    /// <summary>True when octets have arrived that no reply has claimed.</summary>
    public bool HasUnread => _start < _end;

    public bool IsSecure => Tls is not null;

    public SslStream? Tls => _stream as SslStream;

    public async Task WriteAsync(SmtpStage stage, ReadOnlyMemory<byte> octets, CancellationToken cancel)
    {
        await BoundedAsync(stage, async token =>
        {
            await _stream.WriteAsync(octets, token);
            await _stream.FlushAsync(token);
            return true;
        }, cancel);
    }

    /// <summary>One command, its answer.</summary>
    public async Task<SmtpReply> CommandAsync(SmtpStage stage, string line, CancellationToken cancel)
    {
        await WriteAsync(stage, Encoding.ASCII.GetBytes($"{line}\r\n"), cancel);
        return await ReadAsync(stage, cancel);
    }

    public Task<SmtpReply> ReadAsync(SmtpStage stage, CancellationToken cancel) =>
        BoundedAsync(stage, token => ReadReplyAsync(stage, token), cancel);

    /// <summary>Goes on over <paramref name="secure"/>, made from the stream so far. The caller has checked <see cref="HasUnread"/>.</summary>
    public async Task UpgradeAsync(Func<Stream, CancellationToken, Task<Stream>> secure, CancellationToken cancel)
    {
        _stream = await BoundedAsync(SmtpStage.StartTls, token => secure(_stream, token), cancel);
        _start = _end = 0;
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<SmtpReply> ReadReplyAsync(SmtpStage stage, CancellationToken cancel)
    {
        var lines = new List<string>();
        int? code = null;
        EnhancedCode? enhanced = null;

        while (lines.Count < LinesMax)
        {
            var line = await ReadLineAsync(stage, cancel);
            var (number, more, text) = Parse(stage, line);
            if (code is { } first && first != number)
            {
                throw Malformed(stage, "The lines of one reply have different codes.");
            }

            code = number;
            if (EnhancedCode.TryParse(text, out var status, out var rest) && status.Class == number / 100)
            {
                enhanced ??= status;
                text = rest;
            }

            lines.Add(text);
            if (!more)
            {
                return new SmtpReply(number, lines, enhanced);
            }
        }

        throw Malformed(stage, $"A reply has more than {LinesMax} lines.");
    }

    private static (int Code, bool More, string Text) Parse(SmtpStage stage, string line)
    {
        if (line.Length < 3
            || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            || code is < 200 or > 599
            || (line.Length > 3 && line[3] is not (' ' or '-')))
        {
            throw Malformed(stage, "The answer is not an SMTP reply.");
        }

        return (code, line.Length > 3 && line[3] == '-', line.Length > 4 ? line[4..] : string.Empty);
    }

    // Bare LF is accepted from servers and never sent.
    private async Task<string> ReadLineAsync(SmtpStage stage, CancellationToken cancel)
    {
        var line = new List<byte>(128);
        while (true)
        {
            var found = _buffer.AsSpan(_start.._end).IndexOf((byte)'\n');
            line.AddRange(_buffer.AsSpan(_start, found < 0 ? _end - _start : found));
            if (line.Count > LineMax)
            {
                throw Malformed(stage, $"A line of a reply has more than {LineMax} octets.");
            }

            if (found >= 0)
            {
                _start += found + 1;
                return Decode([.. line]);
            }

            _start = 0;
            _end = await _stream.ReadAsync(_buffer, cancel);
            if (_end == 0)
            {
                throw new SmtpException(new SmtpFault(stage, SmtpProblem.Closed, $"The server closed the connection at {stage}."));
            }
        }
    }

    private static string Decode(byte[] line)
    {
        var octets = line.AsSpan();
        octets = octets.EndsWith("\r"u8) ? octets[..^1] : octets;
        try
        {
            return Strict.GetString(octets);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(octets);
        }
    }

    private async Task<T> BoundedAsync<T>(SmtpStage stage, Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(timeouts.For(stage), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new SmtpException(new SmtpFault(stage, SmtpProblem.TimedOut, $"The server did not answer in time at {stage}."));
        }
        catch (IOException e)
        {
            throw new SmtpException(new SmtpFault(stage, SmtpProblem.Closed, $"The connection broke at {stage}."), e);
        }
    }

    private static SmtpException Malformed(SmtpStage stage, string message) =>
        new(new SmtpFault(stage, SmtpProblem.Malformed, message));
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using CrmSync.Mail.Mime;
using CrmSync.Mail.Smtp;

namespace CrmSync.Mail.Tests.Smtp;

/// <summary>Counts what the whole process allocates, so nothing else runs beside it.</summary>
[CollectionDefinition(nameof(LargeMailTests), DisableParallelization = true)]
[Collection(nameof(LargeMailTests))]
public sealed class LargeMailTests
{
    private const int Attached = 25 * 1024 * 1024;
    private const long AllocatedMax = 8 * 1024 * 1024;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_large_file_passes_through_without_being_held_in_memory(bool withSignature)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var sink = new Sink();
        using var signer = withSignature ? Some.Signer() : null;
        await using var client = new SmtpClient(new SmtpOptions("127.0.0.1", sink.Port, SmtpSecurity.None), TimeProvider.System);
        var envelope = new SmtpEnvelope(Some.Sender, [Some.Recipient], "k3v9");
        await client.SendAsync(envelope, await MimeMessage.CreateAsync(Some.Mail, signer, cancel), cancel);
        var mail = Some.Mail with { Attachments = [new MailAttachment("call.json", "application/json", () => new Zeros(Attached))] };

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var mime = await MimeMessage.CreateAsync(mail, signer, cancel);
        var result = await client.SendAsync(envelope, mime, cancel);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        result[0].Result.ShouldBeOfType<SendResult.Accepted>();
        mime.Size.ShouldBeGreaterThan(Attached * 4L / 3);
        sink.Octets.ShouldBeGreaterThanOrEqualTo(mime.Size);
        allocated.ShouldBeLessThan(AllocatedMax);
    }

    [Fact]
    public async Task A_file_that_is_in_memory_already_is_not_copied()
    {
        var file = new byte[Attached];

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var attachment = MailAttachment.FromBytes("call.json", "application/json", file.AsMemory(1));
        await using var opened = attachment.Open();
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        opened.Length.ShouldBe(Attached - 1);
        allocated.ShouldBeLessThan(AllocatedMax);
    }

    /// <summary>As many zeros as asked for, made while they are read.</summary>
    private sealed class Zeros(long length) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(length - _read, count);
            buffer.AsSpan(offset, read).Clear();
            _read += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>A mail server that says yes and forgets at once. The simulator keeps a mail until it has read it, which would be counted.</summary>
    private sealed class Sink : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _talking;
        private long _octets;

        public Sink()
        {
            _listener.Start();
            _talking = TalkAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public long Octets => Interlocked.Read(ref _octets);

        public async ValueTask DisposeAsync()
        {
            _listener.Dispose();
            await _talking;
        }

        private async Task TalkAsync()
        {
            using var socket = await _listener.AcceptSocketAsync();
            var buffer = new byte[64 * 1024];
            var inMail = false;
            await SayAsync(socket, "220 sink");
            for (var end = 0; ;)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(end));
                if (read == 0)
                {
                    return;
                }

                Interlocked.Add(ref _octets, read);
                end += read;
                if (!buffer.AsSpan(0, end).EndsWith(inMail ? "\r\n.\r\n"u8 : "\r\n"u8))
                {
                    // Only the tail can become the end of a mail.
                    end = inMail ? KeepTail(buffer, end) : end;
                    continue;
                }

                var (answer, content) = inMail ? ("250 2.0.0 Ok: queued as SINK1", false) : Answer(Encoding.ASCII.GetString(buffer, 0, end));
                inMail = content;
                end = 0;
                await SayAsync(socket, answer);
            }
        }

        private static (string Answer, bool Content) Answer(string command) => command[..4] switch
        {
            "DATA" => ("354 go on", true),
            "QUIT" => ("221 bye", false),
            _ => ("250 ok", false),
        };

        private static int KeepTail(byte[] buffer, int end)
        {
            var tail = Math.Min(4, end);
            buffer.AsSpan(end - tail, tail).CopyTo(buffer);
            return tail;
        }

        private static async Task SayAsync(Socket socket, string line) => await socket.SendAsync(Encoding.ASCII.GetBytes($"{line}\r\n"));
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using CrmSync.Bench.EndToEnd;
using CrmSync.Mail.Mime;
using CrmSync.Mail.Smtp;

namespace CrmSync.Bench.Mail;

/// <summary>What sending came to, in this process; the server's share is in its own.</summary>
/// <param name="Octets">Of the last mail.</param>
/// <param name="Allocated">On the managed heap, for all mails.</param>
/// <param name="PeakMemory">The most memory this process ever held.</param>
internal sealed record MailResult(TimeSpan Took, TimeSpan Cpu, long Octets, long Allocated, long PeakMemory, int ServerConnections);

/// <summary>Mails like those with notes: a text, the same in HTML, a file of 20 kB that does not compress, in base64.</summary>
internal static class MailRun
{
    private const int FileBytes = 20_000;
    private const int WarmUp = 200;

    private static readonly Mailbox From = Mailbox.Parse("CrmSync <crmsync@centre.example>");
    private static readonly Mailbox To = Mailbox.Parse("records@support.example");
    private static readonly byte[] File = MakeFile();
    private static readonly string Text = Lines("A line of the note, as agents write them.\n", 25);
    private static readonly string Html = $"<p>{Lines("A line of the note, as agents write them.<br>\n", 30)}</p>";

    public static async Task<MailResult> MeasureAsync(int mails, int connections, TimeSpan latency, TimeProvider clock, CancellationToken cancel)
    {
        using var scratch = new Scratch(keep: false);
        await System.IO.File.WriteAllTextAsync(scratch.Tickets, string.Empty, cancel);
        var plan = new RunPlan { Connector = BenchConnector.Email, Sessions = mails, Latency = latency };
        await using var server = await SimulatedCrm.StartAsync(scratch, plan, cancel);
        var port = int.Parse(server.Settings["Connectors:records-mailbox:Smtp:Port"], CultureInfo.InvariantCulture);
        await using var client = new SmtpClient(new SmtpOptions("127.0.0.1", port, SmtpSecurity.None) { ConnectionsMax = connections, MailsPerConnectionMax = int.MaxValue }, clock);
        await SendAsync(client, WarmUp, connections, cancel);

        using var self = Process.GetCurrentProcess();
        var (cpu, allocated, began) = (self.TotalProcessorTime, GC.GetTotalAllocatedBytes(precise: true), clock.GetTimestamp());
        var octets = await SendAsync(client, mails, connections, cancel);
        var took = clock.GetElapsedTime(began);
        self.Refresh();
        return new MailResult(
            took, self.TotalProcessorTime - cpu, octets, GC.GetTotalAllocatedBytes(precise: true) - allocated, self.PeakWorkingSet64, await server.CallsAsync(cancel));
    }

    private static async Task<long> SendAsync(SmtpClient client, int mails, int connections, CancellationToken cancel)
    {
        var octets = 0L;
        var together = new ParallelOptions { MaxDegreeOfParallelism = connections, CancellationToken = cancel };
        await Parallel.ForEachAsync(Enumerable.Range(0, mails), together, async (number, token) =>
        {
            var mail = new MailMessage(
                From, [To], $"<{number}.{Guid.NewGuid():N}@centre.example>", DateTimeOffset.UnixEpoch, $"Inbound call, finished after 6 min 4 s (call-{number})", Text)
            {
                Html = Html,
                Attachments = [MailAttachment.FromBytes($"call-{number}.json", "application/json", File)],
            };
            var mime = await MimeMessage.CreateAsync(mail, signer: null, token);
            var results = await client.SendAsync(new SmtpEnvelope(From, [To], "bench"), mime, token);
            if (results[0].Result is not SendResult.Accepted)
            {
                throw new BenchException($"A mail was not taken: {results[0].Result}");
            }

            Interlocked.Exchange(ref octets, mime.Size);
        });
        return octets;
    }

    private static byte[] MakeFile()
    {
        var file = new byte[FileBytes];
        new Random(1).NextBytes(file);
        return file;
    }

    private static string Lines(string line, int count) => new StringBuilder().Insert(0, line, count).ToString();
}

using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmSync.Mail.Dkim;
using CrmSync.Mail.Mime;
using CrmSync.TestSupport;

namespace CrmSync.Mail.Tests.Interop;

/// <summary>Mails with hostile names, scripts, sizes and line ends, read by parsers that are not ours.</summary>
public sealed class ParserTests(GeneratedMails mails) : IClassFixture<GeneratedMails>
{
    [Theory]
    [InlineData("/usr/bin/python3", "parse.py", "import email", "apt-get install python3")]
    [InlineData("/usr/bin/perl", "parse.pl", "use MIME::Parser", "apt-get install libmime-tools-perl")]
    [InlineData("/usr/bin/ruby", "parse.rb", "require 'mail'", "apt-get install ruby ruby-mail")]
    public async Task A_parser_reads_what_was_written(string program, string script, string trial, string install)
    {
        await RequireAsync(program, trial, install);

        var read = (await RunAsync(program, Script(script), mails.Folder))
            .Select(line => JsonSerializer.Deserialize<ReadMail>(line, JsonSerializerOptions.Web)!)
            .ToDictionary(mail => mail.Mail, StringComparer.Ordinal);

        read.Count.ShouldBe(GeneratedMails.Count);
        foreach (var written in mails.Written)
        {
            Normal(read[written.Mail]).ShouldBe(Normal(written), $"{written.Mail} read by {program}");
        }
    }

    [Fact]
    public async Task Signatures_verify()
    {
        await RequireAsync("/usr/bin/python3", "import dkim", "apt-get install python3-dkim");

        var lines = await RunAsync("/usr/bin/python3", Script("verify_dkim.py"), mails.Folder, mails.PublicKey);

        lines.ShouldBe([$"{GeneratedMails.Count}"]);
    }

    private static ReadMail Normal(ReadMail mail) => mail with
    {
        Text = mail.Text.Replace("\r\n", "\n", StringComparison.Ordinal),
        Html = mail.Html.Replace("\r\n", "\n", StringComparison.Ordinal),
        Defects = [],
        Problems = string.Join(' ', mail.Defects),
    };

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Interop", name);

    private static async Task RequireAsync(string program, string trial, string install)
    {
        Requires.That(File.Exists(program), $"{program} is not installed: {install}");
        var option = program.EndsWith("python3", StringComparison.Ordinal) ? "-c" : "-e";
        using var process = Process.Start(new ProcessStartInfo(program, [option, trial]) { RedirectStandardError = true, UseShellExecute = false })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Requires.That(process.ExitCode == 0, $"{program} lacks a library: {install}");
    }

    private static async Task<string[]> RunAsync(string program, params string[] arguments)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
        })!;
        var errors = process.StandardError.ReadToEndAsync(cancel);
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        process.ExitCode.ShouldBe(0, await errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

/// <summary>One mail, as written or as a parser read it.</summary>
public sealed record ReadMail(string Mail, string Subject, string Sender, string Text, string Html, string File, string Sha256, int Headers)
{
    public IReadOnlyList<string> Defects { get; init; } = [];

    public string Problems { get; init; } = string.Empty;

    public bool Equals(ReadMail? other) =>
        other is not null
        && (Mail, Subject, Sender, Text, Html, File, Sha256, Headers, Problems)
            == (other.Mail, other.Subject, other.Sender, other.Text, other.Html, other.File, other.Sha256, other.Headers, other.Problems);

    public override int GetHashCode() => Mail.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A thousand signed mails in a folder; the same ones in every run.</summary>
public sealed class GeneratedMails : IAsyncLifetime
{
    public const int Count = 1_000;

    // Date, From, To, Subject, Message-ID, X-CrmSync-Session, MIME-Version, Content-Type, DKIM-Signature.
    private const int HeaderCount = 9;

    private static readonly string[] Pieces =
    [
        "call", "solved", " ", " ", " ", "Ünïcödé", "日本語のメモ", "العربية", "עברית", "👩‍👩‍👧", "😀", "résumé", "—", "“quoted”", "\"", "\\", "'", "(comment)",
        "a@b.example", ",", ";", ":", "[crm.test #3]", "thread::abc::", "=", "=20", "_", "?", "%", "&amp;", "#status", "e\u0301", "ﬁ", "\u00a0", "x.y", "100 %",
    ];

    private static readonly string[] TextPieces =
    [
        .. Pieces, "\n", "\n", "\r\n", "\n.\n", "\n..\n", "\nFrom ", "\n\n\n", "  \n", "\t\n", "--=_", "\n--\n", "\nBcc: all@x.example\n", "\0", "\u0001",
        new string('x', 75), new string('y', 1200), "<b>", "</body>",
    ];

    private readonly List<ReadMail> _written = [];

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"crmsync-mails-{Guid.NewGuid():N}");

    public string PublicKey { get; private set; } = string.Empty;

    public IReadOnlyList<ReadMail> Written => _written;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        using var key = RSA.Create(2048);
        PublicKey = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        using var signer = DkimSigner.FromPem("example.com", "crmsync", key.ExportPkcs8PrivateKeyPem());
        var random = new Random(20260305);
        for (var i = 0; i < Count; i++)
        {
            await WriteAsync($"{i:D4}.eml", random, signer);
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task WriteAsync(string name, Random random, DkimSigner signer)
    {
        var subject = OneLine(random, Pieces);
        var sender = Short(OneLine(random, Pieces).Replace("\"", "", StringComparison.Ordinal));
        var text = $"Note: {Mixed(random, TextPieces, 60)}.\n";
        var html = $"<p>{Mixed(random, TextPieces, 60)}</p>\n";
        var file = OneLine(random, Pieces).Trim('.', ' ') + ".json";
        var content = new byte[random.Next(3) == 0 ? random.Next(3) : random.Next(20_000)];
        random.NextBytes(content);

        var mail = Some.Mail with
        {
            From = Mailbox.Parse($"{sender} <crmsync@example.com>"),
            MessageId = $"<{name}@example.com>",
            Subject = subject,
            Text = text,
            Html = html,
            Headers = [new MailHeader("X-CrmSync-Session", subject)],
            Attachments = [MailAttachment.FromBytes(file, "application/json", content)],
        };
        var mime = await MimeMessage.CreateAsync(mail, signer, CancellationToken.None);
        await using (var output = File.Create(Path.Combine(Folder, name)))
        {
            await mime.WriteToAsync(output, CancellationToken.None);
        }

        _written.Add(new ReadMail(name, subject, sender, text, html, file, Convert.ToHexStringLower(SHA256.HashData(content)), HeaderCount));
    }

    private static string OneLine(Random random, string[] pieces)
    {
        var line = HeaderText.Clean(Mixed(random, pieces, 14).Replace('/', '-').Replace('\\', '-'));
        return line.Length == 0 ? "call" : line;
    }

    // A name of a sender: what one encoded word holds.
    private static string Short(string text)
    {
        var kept = new StringBuilder("C ");
        foreach (var rune in text.EnumerateRunes().TakeWhile(rune => Encoding.UTF8.GetByteCount(kept.ToString()) + rune.Utf8SequenceLength <= 45))
        {
            kept.Append(rune.ToString());
        }

        return HeaderText.Clean(kept.ToString());
    }

    private static string Mixed(Random random, string[] pieces, int countMax) =>
        string.Concat(Enumerable.Range(0, random.Next(countMax)).Select(_ => pieces[random.Next(pieces.Length)]))
            .Replace("\r\n", "\n", StringComparison.Ordinal);
}

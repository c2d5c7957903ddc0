using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.EndToEndTests.Support;
using CrmSync.TestSupport;

namespace CrmSync.EndToEndTests;

/// <summary>The whole worker against Postfix and Dovecot: sign-in, TLS, delivery into a mailbox, and what an admin sees of it.</summary>
public sealed class RealMailServerTests(RealMailServerTests.Fixture fixture) : IClassFixture<RealMailServerTests.Fixture>
{
    private const string Sample = "call-70112.json";

    [Theory]
    [InlineData("StartTlsScram", "SCRAM-SHA-256")]
    [InlineData("ImplicitPlain", "PLAIN")]
    public async Task A_session_arrives_in_the_mailbox_and_show_tells_the_servers_queue_id(string door, string mechanism)
    {
        var server = fixture.Mail;
        using var folder = new WorkerFolder();
        var mailbox = server.NewMailbox();
        folder.Write(Settings(server, Enum.Parse<MailDoor>(door), mailbox, signIn => signIn["Password"] = RealMailServer.Password));

        var check = await WorkerProcess.RunToEndAsync(folder.Path, "check", "--send-test-mail", server.NewMailbox());
        check.ExitCode.ShouldBe(0, check.Output + check.Errors);
        check.Output.ShouldContain("Certificate: TLS 1.3, for localhost");
        check.Output.ShouldContain($"Sign-in: Accepted by {mechanism}.");
        check.Output.ShouldContain("Test mail: Taken by the server: 250 2.0.0 Ok: queued as ");

        var shown = await DeliverAsync(folder);

        await ShouldHoldSampleAsync(server, mailbox);
        shown.ShouldContain("the mail server said: 250 2.0.0 Ok: queued as ");
    }

    [Theory]
    [InlineData("StartTlsXoauth2", "XOAUTH2")]
    [InlineData("ImplicitOauthbearer", "OAUTHBEARER")]
    public async Task One_access_token_signs_in_for_check_and_one_for_the_worker(string door, string mechanism)
    {
        var (server, tokens) = (fixture.Mail, fixture.Tokens);
        var given = tokens.Given;
        using var folder = new WorkerFolder();
        var mailbox = server.NewMailbox();
        folder.Write(Settings(server, Enum.Parse<MailDoor>(door), mailbox, signIn => signIn["OAuth"] = new JsonObject
        {
            ["Provider"] = "Microsoft365",
            ["TokenUrl"] = tokens.TokenUrl.ToString(),
            ["ClientId"] = TokenServer.ClientId,
            ["ClientSecret"] = TokenServer.ClientSecret,
        }));

        var check = await WorkerProcess.RunToEndAsync(folder.Path, "check");
        check.Output.ShouldContain($"Sign-in: Accepted by {mechanism}.", customMessage: check.Output + check.Errors);
        await DeliverAsync(folder);

        await ShouldHoldSampleAsync(server, mailbox);
        (tokens.Given - given).ShouldBe(2);
    }

    private static async Task<string> DeliverAsync(WorkerFolder folder)
    {
        await using var worker = WorkerProcess.Start(folder.Path, "run");
        await worker.LineAsync("Started.");
        folder.Drop(Sample);
        await worker.LineAsync("Delivered test/call-70112");
        (await worker.StopAsync()).ShouldBe(0);
        return (await WorkerProcess.RunToEndAsync(folder.Path, "show", "call-70112")).Output;
    }

    private static async Task ShouldHoldSampleAsync(RealMailServer server, string mailbox)
    {
        var mail = Encoding.ASCII.GetString((await server.MailsAsync(mailbox, 1)).ShouldHaveSingleItem());
        var part = mail[mail.IndexOf("Content-Disposition: attachment", StringComparison.Ordinal)..];
        var body = part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        var file = Convert.FromBase64String(body[..body.IndexOf("--=_", StringComparison.Ordinal)]);
        file.ShouldBe(await File.ReadAllBytesAsync(Repository.Combine("samples", "sessions", Sample), TestContext.Current.CancellationToken));
    }

    private static JsonObject Settings(RealMailServer server, MailDoor door, string mailbox, Action<JsonNode> signIn)
    {
        var smtp = new JsonObject
        {
            ["Host"] = "localhost",
            ["Port"] = server.Port(door).ToString(CultureInfo.InvariantCulture),
            ["Security"] = door is MailDoor.ImplicitPlain or MailDoor.ImplicitOauthbearer ? "Implicit" : "StartTls",
            ["CaFile"] = server.CaFile,
            ["User"] = RealMailServer.User,
        };
        signIn(smtp);
        var settings = WorkerFolder.MailSettings();
        settings["Sources"]!["inbox"]!["CreatePath"] = true;
        var connector = settings["Connectors"]!["mailbox"]!.AsObject();
        connector.Remove("Pickup");
        connector["From"] = RealMailServer.User;
        connector["To"] = mailbox;
        connector["Smtp"] = smtp;
        return settings;
    }

    /// <summary>One server for all: starting it takes a while.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        internal TokenServer Tokens { get; private set; } = null!;

        internal RealMailServer Mail { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Tokens = await TokenServer.StartAsync(RealMailServer.User);
            Mail = await RealMailServer.StartAsync(Tokens.TokenInfo);
        }

        public async ValueTask DisposeAsync()
        {
            if (Mail is not null)
            {
                await Mail.DisposeAsync();
            }

            await Tokens.DisposeAsync();
        }
    }
}

using System.Net;
using System.Net.Sockets;
using CrmSync.Mail.Smtp.Sasl;

namespace CrmSync.Mail.Smtp;

/// <summary>One conversation, from the greeting to the point where mail can be handed in.</summary>
internal sealed class SmtpSession : IAsyncDisposable
{
    private readonly SmtpOptions _options;
    private SmtpCapabilities _capabilities = SmtpCapabilities.None;

    private SmtpSession(SmtpChannel channel, SmtpOptions options)
    {
        Channel = channel;
        _options = options;
    }

    public SmtpChannel Channel { get; }

    public SmtpCapabilities Capabilities => _capabilities;

    /// <summary>The mechanism that worked, or null when none was asked for.</summary>
    public string? AuthenticatedBy { get; private set; }

    /// <summary>Transactions so far.</summary>
    public int Mails { get; set; }

    /// <summary>True when the last transaction was left half-way and must be reset.</summary>
    public bool NeedsReset { get; set; }

    /// <summary>True when the server has said that it is about to hang up.</summary>
    public bool IsClosing { get; set; }

    /// <summary>By <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long LastUsed { get; set; }

    /// <summary>Connects, secures and authenticates.</summary>
    /// <exception cref="SmtpException">Any step failed; nothing is left open.</exception>
    public static async Task<SmtpSession> OpenAsync(SmtpOptions options, TimeProvider clock, CancellationToken cancel)
    {
        var stream = await SmtpDial.ConnectAsync(options, clock, cancel);
        var session = new SmtpSession(new SmtpChannel(stream, options.Timeouts, clock), options);
        try
        {
            await session.IntroduceAsync(ClientName(options, (stream as NetworkStream)?.Socket.LocalEndPoint), cancel);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says good-bye; whether the server answers changes nothing.</summary>
    public async Task QuitAsync()
    {
        using var patience = new CancellationTokenSource(_options.Timeouts.Quit);
        try
        {
            await Channel.CommandAsync(SmtpStage.Ehlo, "QUIT", patience.Token);
        }
        catch (Exception e) when (e is SmtpException or OperationCanceledException)
        {
            // RFC 5321 section 4.1.1.10: a mail that was accepted stays accepted.
        }
        finally
        {
            await DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => Channel.DisposeAsync();

    private async Task IntroduceAsync(string clientName, CancellationToken cancel)
    {
        if (_options.Security == SmtpSecurity.Implicit)
        {
            await SecureAsync(cancel);
        }

        Expect(SmtpStage.Greeting, 220, await Channel.ReadAsync(SmtpStage.Greeting, cancel));
        await GreetAsync(clientName, cancel);

        if (_options.Security == SmtpSecurity.StartTls)
        {
            await StartTlsAsync(cancel);
            await GreetAsync(clientName, cancel);
        }

        if (_options.Credential is not null)
        {
            AuthenticatedBy = await SmtpAuthentication.AuthenticateAsync(Channel, Capabilities, _options, cancel);
        }
    }

    private async Task GreetAsync(string clientName, CancellationToken cancel)
    {
        var reply = await Channel.CommandAsync(SmtpStage.Ehlo, $"EHLO {clientName}", cancel);
        if (reply.Code is 500 or 502 or 504 && _options is { Security: SmtpSecurity.None, Credential: null })
        {
            reply = await Channel.CommandAsync(SmtpStage.Ehlo, $"HELO {clientName}", cancel);
            Expect(SmtpStage.Ehlo, 250, reply);
            return;
        }

        Expect(SmtpStage.Ehlo, 250, reply);
        _capabilities = SmtpCapabilities.Read(reply);
    }

    private async Task StartTlsAsync(CancellationToken cancel)
    {
        if (!Capabilities.StartTls)
        {
            throw Untrusted("The server does not offer STARTTLS.");
        }

        var reply = await Channel.CommandAsync(SmtpStage.StartTls, "STARTTLS", cancel);
        if (reply.Code != 220)
        {
            throw reply.IsTransient ? SmtpException.Answered(SmtpStage.StartTls, reply) : Untrusted("The server refused STARTTLS.", reply);
        }

        // What arrived in clear must not be taken for an answer given under TLS (RFC 3207 section 6, CVE-2026-41319).
        if (Channel.HasUnread)
        {
            throw Untrusted("The server spoke in clear after it agreed to TLS.");
        }

        _capabilities = SmtpCapabilities.None;
        await SecureAsync(cancel);
    }

    private Task SecureAsync(CancellationToken cancel) =>
        Channel.UpgradeAsync((stream, token) => SmtpTls.SecureAsync(stream, _options.Host, _options.Trust, token), cancel);

    private static void Expect(SmtpStage stage, int code, SmtpReply reply)
    {
        if (reply.Code == code)
        {
            return;
        }

        throw reply.IsTransient || reply.IsPermanent
            ? SmtpException.Answered(stage, reply)
            : new SmtpException(new SmtpFault(stage, SmtpProblem.Malformed, $"The server answered {reply} where {code} is due.", reply));
    }

    private static SmtpException Untrusted(string message, SmtpReply? reply = null) =>
        new(new SmtpFault(SmtpStage.StartTls, SmtpProblem.Untrusted, message, reply));

    // A machine's short name or an underscore is refused by some servers; an address literal by none (RFC 5321 section 4.1.3).
    private static string ClientName(SmtpOptions options, EndPoint? local) =>
        options.ClientName ?? local switch
        {
            IPEndPoint { Address: { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } six } => $"[IPv6:{six}]",
            IPEndPoint { Address: var four } => $"[{four.MapToIPv4()}]",
            _ => "[127.0.0.1]",
        };
}

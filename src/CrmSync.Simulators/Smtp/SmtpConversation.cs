using System.Globalization;
using System.Text;
using CrmSync.Simulators.Shared;

namespace CrmSync.Simulators.Smtp;

/// <summary>One client's commands, in order. Strict: what RFC 5321 forbids is refused.</summary>
internal sealed class SmtpConversation(SmtpSimulator server, SmtpWire wire)
{
    // What a fault rule's path is compared with; an empty one would match no pattern, not even "*".
    private const string NoAddress = "-";

    // RFC 4954 section 4: a response that does not fit into it is sent after an empty challenge.
    private const int AuthLineMax = 512;

    private readonly SmtpSimulatorOptions _options = server.Options;
    private string? _user;
    private bool _greeted;
    private int _mails;
    private string? _from;
    private string? _envelopeId;
    private readonly List<string> _recipients = [];

    public async Task RunAsync(CancellationToken cancel)
    {
        var goesOn = await AnswerAsync("CONNECT", NoAddress, () => Said("220 simulator.example ESMTP CrmSync simulator"), cancel);
        while (goesOn && await wire.ReadLineAsync(cancel) is { } line)
        {
            goesOn = await HandleAsync(Encoding.UTF8.GetString(line), cancel);
        }

        await wire.FlushAsync(cancel);
    }

    private async Task<bool> HandleAsync(string line, CancellationToken cancel)
    {
        var verb = line.Split([' ', ':'], 2)[0].ToUpperInvariant();
        if (server.Behaviour.StumblesOverPipelining && wire.HasUnread && verb == "MAIL")
        {
            return false;
        }

        var address = SmtpCommand.Address(line);
        return verb switch
        {
            "EHLO" or "HELO" => await AnswerAsync(verb, NoAddress, () => Said(Greet(verb)), cancel),
            "STARTTLS" => await StartTlsAsync(cancel),
            "AUTH" when line.Length + 2 > AuthLineMax => await AnswerAsync(verb, NoAddress, () => Said("500 5.5.6 Authentication exchange line is too long"), cancel),
            "AUTH" => await AuthAsync(line, cancel),
            "MAIL" => await AnswerAsync(verb, address ?? NoAddress, () => Said(Mail(line, address)), cancel),
            "RCPT" => await AnswerAsync(verb, address ?? NoAddress, () => Said(Recipient(address)), cancel),
            "DATA" => await DataAsync(cancel),
            "RSET" => await AnswerAsync(verb, NoAddress, () => Said(Reset()), cancel),
            "NOOP" => await AnswerAsync(verb, NoAddress, () => Said("250 2.0.0 Ok"), cancel),
            "QUIT" => await AnswerAsync(verb, NoAddress, () => Said("221 2.0.0 Bye"), cancel) && false,
            _ => await AnswerAsync("UNKNOWN", NoAddress, () => Said("500 5.5.2 Command not recognised"), cancel),
        };
    }

    /// <summary>Carries a command out around the faults the plan holds for it; false when the conversation is over.</summary>
    private async Task<bool> AnswerAsync(string verb, string path, Func<Task<string?>> carryOut, CancellationToken cancel)
    {
        var faults = server.Faults.Draw(verb, path);
        foreach (var slow in faults.Where(f => f.Kind == FaultKind.Slow))
        {
            await Task.Delay(slow.Delay, _options.Clock, cancel);
        }

        if (faults.FirstOrDefault(SmtpTrouble.IsNonsense) is { } nonsense)
        {
            Log(verb, path, status: 0);
            await SmtpTrouble.CommitAsync(nonsense, wire, cancel);
            return nonsense == SmtpTrouble.MixedCodes;
        }

        switch (faults.FirstOrDefault(f => f.Kind is not (FaultKind.Slow or FaultKind.Named)))
        {
            case { Kind: FaultKind.DropBefore }:
                return Log(verb, path, 0) && false;
            case { Kind: FaultKind.DropAfter }:
                await carryOut();
                return Log(verb, path, 0) && false;
            case { Kind: FaultKind.FailAfter } late:
                await carryOut();
                wire.Answer(Wording(late));
                return Log(verb, path, late.Status);
            case { Kind: FaultKind.Refuse } refusal:
                wire.Answer(Wording(refusal));
                return Log(verb, path, refusal.Status) && verb != "CONNECT";
            default:
                return await carryOut() is not { } answer || Say(verb, path, answer);
        }
    }

    private bool Say(string verb, string path, string answer)
    {
        wire.Answer(answer);
        return Log(verb, path, int.Parse(answer.AsSpan(0, 3), CultureInfo.InvariantCulture));
    }

    private bool Log(string verb, string path, int status)
    {
        server.Requests.Add(new RequestEntry(_options.Clock.GetUtcNow(), verb, verb, path, status, Calls: 0));
        return true;
    }

    private static string Wording(Fault fault) => $"{fault.Status} {fault.Name ?? $"{fault.Status / 100}.0.0 simulated trouble"}";

    private static Task<string?> Said(string answer) => Task.FromResult<string?>(answer);

    private string Greet(string verb)
    {
        _greeted = true;
        if (verb == "HELO")
        {
            return "250 simulator.example";
        }

        List<string> lines = ["simulator.example", $"SIZE {server.Behaviour.SizeMax}", "ENHANCEDSTATUSCODES", "DSN", "8BITMIME"];
        lines.AddRange(server.Behaviour.OffersPipelining ? ["PIPELINING"] : []);
        lines.AddRange(server.Behaviour.OffersStartTls && !wire.IsSecure ? ["STARTTLS"] : []);
        lines.AddRange(_options.WantsAuthentication && wire.IsSecure ? [$"AUTH {string.Join(' ', _options.Mechanisms)}"] : []);
        return string.Join("\r\n", lines.Select((line, i) => i == lines.Count - 1 ? $"250 {line}" : $"250-{line}"));
    }

    private async Task<bool> StartTlsAsync(CancellationToken cancel)
    {
        var agreed = false;
        var poison = server.Faults.Rules.Any(rule => rule.Fault == SmtpTrouble.Poison);
        var goesOn = await AnswerAsync("STARTTLS", NoAddress, () =>
        {
            agreed = server.Behaviour.OffersStartTls && !wire.IsSecure;
            return Said(agreed ? $"220 2.0.0 Ready{(poison ? "\r\n250 2.0.0 injected" : "")}" : "502 5.5.1 Not offered");
        }, cancel);

        if (goesOn && agreed)
        {
            await wire.SecureAsync(server.Certificate, cancel);
            _greeted = false;
        }

        return goesOn;
    }

    private Task<bool> AuthAsync(string line, CancellationToken cancel) => AnswerAsync("AUTH", NoAddress, async () =>
    {
        var words = line.Split(' ', 3);
        if (!wire.IsSecure)
        {
            return "538 5.7.11 Encryption required";
        }

        while (server.Faults.Rules.Any(rule => rule.Fault == SmtpTrouble.AuthLoop))
        {
            wire.Answer("334 ");
            if (await wire.ReadLineAsync(cancel) is null or [(byte)'*'])
            {
                return "501 5.7.0 Broken off";
            }
        }

        if (words.Length < 2 || !_options.Mechanisms.Contains(words[1], StringComparer.OrdinalIgnoreCase))
        {
            return "504 5.5.4 Unknown mechanism";
        }

        var lies = server.Faults.Rules.Any(rule => rule.Fault == SmtpTrouble.ScramLie);
        _user = await new SmtpServerAuth(wire, _options, lies).RunAsync(words[1].ToUpperInvariant(), words.ElementAtOrDefault(2), cancel);
        return _user is null ? "535 5.7.8 Authentication credentials invalid" : "235 2.7.0 Authentication successful";
    }, cancel);

    private string Mail(string line, string? address)
    {
        if (!_greeted || _from is not null)
        {
            return "503 5.5.1 Bad sequence of commands";
        }

        if (_options.WantsAuthentication && _user is null)
        {
            return "530 5.7.0 Authentication required";
        }

        if (address is null)
        {
            return "501 5.1.7 Bad sender address";
        }

        if (server.Behaviour.MailsPerConnectionMax is var max and > 0 && _mails >= max)
        {
            return "421 4.7.0 Too many messages in this connection";
        }

        if (server.Behaviour.SizeMax > 0 && SmtpCommand.Size(line) > server.Behaviour.SizeMax)
        {
            return "552 5.3.4 Message size exceeds fixed limit";
        }

        _from = address;
        _envelopeId = SmtpCommand.Parameter(line, "ENVID");
        return "250 2.1.0 Ok";
    }

    private string Recipient(string? address)
    {
        if (_from is null)
        {
            return "503 5.5.1 MAIL first";
        }

        if (string.IsNullOrEmpty(address))
        {
            return "501 5.1.3 Bad recipient address";
        }

        if (server.Behaviour.Greylists && server.IsNewPair(_from, address))
        {
            return "451 4.7.1 Greylisted, try again later";
        }

        if (_recipients.Count >= server.Behaviour.RecipientsMax)
        {
            return "452 4.5.3 Too many recipients";
        }

        _recipients.Add(address);
        return "250 2.1.5 Ok";
    }

    private string Reset()
    {
        _from = _envelopeId = null;
        _recipients.Clear();
        return "250 2.0.0 Ok";
    }

    private async Task<bool> DataAsync(CancellationToken cancel)
    {
        var listens = false;
        var goesOn = await AnswerAsync("DATA", NoAddress, () =>
        {
            listens = _recipients.Count > 0 || (server.Behaviour.AnswersDataBlindly && _from is not null);
            return Said(listens ? "354 End data with <CR><LF>.<CR><LF>" : "554 5.5.1 No valid recipients");
        }, cancel);
        if (!goesOn || !listens)
        {
            return goesOn;
        }

        var content = await SmtpContent.ReadAsync(
            wire, () => AnswerAsync("CONTENT", _from ?? NoAddress, () => Task.FromResult<string?>(null), cancel), cancel);
        if (content is null)
        {
            return false;
        }

        goesOn = await AnswerAsync("DOT", _from ?? NoAddress, () => Said(Keep(content)), cancel);

        // Taken or not, the mail is over: https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.4
        Reset();
        return goesOn && !server.Behaviour.HangsUpAfterMail;
    }

    private string Keep(SmtpContent content)
    {
        var refusal = content.Complaint(server.Behaviour.SizeMax)
            ?? (_recipients.Count == 0 ? "554 5.5.1 No valid recipients" : null);
        if (refusal is null)
        {
            _mails++;
            var id = server.Keep(
                new ReceivedMail("", _from!, [.. _recipients], _envelopeId, _user, wire.IsSecure, _options.Clock.GetUtcNow()), content.Bytes);
            refusal = $"250 2.0.0 Ok: queued as {id}";
        }

        return refusal;
    }
}

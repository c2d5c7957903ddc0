using System.Globalization;

namespace CrmSync.Mail.Smtp.Sasl;

/// <summary>AUTH (RFC 4954): the best mechanism both sides have, a bounded number of steps, never in clear.</summary>
internal static class SmtpAuthentication
{
    private const int StepsMax = 8;

    // RFC 4954 section 4: a longer response waits for the empty challenge, behind which 12,288 octets are allowed. Postfix cuts the AUTH
    // line itself at 2,048 and then refuses what is left of a token.
    private const int AuthLineMax = 512;

    public static async Task<string> AuthenticateAsync(
        SmtpChannel channel, SmtpCapabilities capabilities, SmtpOptions options, CancellationToken cancel)
    {
        if (!channel.IsSecure)
        {
            throw Fault(SmtpProblem.Untrusted, "Credentials are not sent without TLS.");
        }

        return options.Credential switch
        {
            SmtpCredential.Password(var user, var secret) => await TryEachAsync(
                channel, capabilities, [new ScramSha256(user, secret), new Plain(user, secret), new Login(user, secret)], cancel),
            SmtpCredential.OAuth oauth => await WithTokenAsync(channel, capabilities, options, oauth, cancel),
            _ => throw new ArgumentException("There is no credential.", nameof(options)),
        };
    }

    // A token can be withdrawn before its time: one more try with a new one, then it is somebody's decision.
    private static async Task<string> WithTokenAsync(
        SmtpChannel channel, SmtpCapabilities capabilities, SmtpOptions options, SmtpCredential.OAuth oauth, CancellationToken cancel)
    {
        var token = await TokenAsync(oauth, cancel);
        try
        {
            return await TryEachAsync(channel, capabilities, Mechanisms(token), cancel);
        }
        catch (SmtpException e) when (e.Fault is { Problem: SmtpProblem.Unauthenticated, Reply.Code: 535 })
        {
            oauth.Tokens.Forget(token);
            return await TryEachAsync(channel, capabilities, Mechanisms(await TokenAsync(oauth, cancel)), cancel);
        }

        SaslMechanism[] Mechanisms(string bearer) =>
            [new OAuthBearer(oauth.User, bearer, options.Host, options.Port), new XOAuth2(oauth.User, bearer)];
    }

    private static async Task<string> TokenAsync(SmtpCredential.OAuth oauth, CancellationToken cancel)
    {
        try
        {
            return await oauth.Tokens.GetAsync(cancel);
        }
        catch (AccessTokenException e)
        {
            throw Fault(e.IsTransient ? SmtpProblem.Unreachable : SmtpProblem.Unauthenticated, e.Message);
        }
    }

    private static async Task<string> TryEachAsync(
        SmtpChannel channel, SmtpCapabilities capabilities, SaslMechanism[] mechanisms, CancellationToken cancel)
    {
        SmtpReply? last = null;
        foreach (var mechanism in mechanisms.Where(m => capabilities.Mechanisms.Contains(m.Name, StringComparer.Ordinal)))
        {
            var reply = await RunAsync(channel, mechanism, cancel);
            if (reply.Code == 235)
            {
                return mechanism.ServerIsProven
                    ? mechanism.Name
                    : throw Fault(SmtpProblem.Unauthenticated, "The server did not prove that it knows the password.");
            }

            last = reply;
            if (reply.IsTransient && reply.Code != 432)
            {
                throw SmtpException.Answered(SmtpStage.Authentication, reply);
            }

            // 504: not that one after all; 534: too weak. Anything else is about us, and trying again can lock the account.
            if (reply.Code is not (504 or 534))
            {
                break;
            }
        }

        throw last is null
            ? Fault(SmtpProblem.Unauthenticated, $"The server offers none of {string.Join(", ", mechanisms.Select(m => m.Name))}.")
            : Fault(SmtpProblem.Unauthenticated, $"The server did not accept the credentials ({last}).", last);
    }

    private static async Task<SmtpReply> RunAsync(SmtpChannel channel, SaslMechanism mechanism, CancellationToken cancel)
    {
        var initial = mechanism.InitialResponse;
        var line = $"AUTH {mechanism.Name}";
        var withInitial = initial is null ? line : $"{line} {Encode(initial)}";
        var early = initial is not null && withInitial.Length + 2 <= AuthLineMax;

        var reply = await channel.CommandAsync(SmtpStage.Authentication, early ? withInitial : line, cancel);
        if (early && reply.Code is 500 or 501)
        {
            early = false;
            reply = await channel.CommandAsync(SmtpStage.Authentication, line, cancel);
        }

        if (initial is not null && !early && reply.Code == 334)
        {
            reply = await channel.CommandAsync(SmtpStage.Authentication, Encode(initial), cancel);
        }

        for (var step = 0; reply.Code == 334; step++)
        {
            var response = step < StepsMax && Decode(reply.Text) is { } challenge ? mechanism.Respond(challenge) : null;
            if (response is null)
            {
                await channel.CommandAsync(SmtpStage.Authentication, "*", cancel);
                throw Fault(
                    SmtpProblem.Unauthenticated,
                    string.Create(CultureInfo.InvariantCulture, $"The server broke the rules of {mechanism.Name} at step {step + 1}."));
            }

            reply = await channel.CommandAsync(SmtpStage.Authentication, Convert.ToBase64String(response), cancel);
        }

        return reply;
    }

    // RFC 4954 section 4: an empty initial response is a single "=".
    private static string Encode(byte[] initial) => initial.Length == 0 ? "=" : Convert.ToBase64String(initial);

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : null;
    }

    private static SmtpException Fault(SmtpProblem problem, string message, SmtpReply? reply = null) =>
        new(new SmtpFault(SmtpStage.Authentication, problem, message, reply));
}

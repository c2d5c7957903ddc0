using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Mail.Mime;

namespace CrmSync.Connectors.Email;

/// <summary>The mail that <c>crmsync check --send-test-mail</c> sends: the way a note goes, to a mailbox the admin can look into.</summary>
internal sealed class EmailTestMail(string connector, EmailComposer composer, IMailTransport transport)
{
    private const string Subject = "Test mail";

    public async Task<CheckFinding> SendAsync(string address, CancellationToken cancel)
    {
        if (!Mailbox.TryParse(address, out var to))
        {
            return new CheckFinding(CheckLevel.Problem, Subject, "Not sent: what was given is no mail address.", "Give one address, e.g. --send-test-mail admin@example.com.");
        }

        // A name of its own each time: a second test must not be taken for the first.
        var key = new DeliveryKey($"crmsync_check_{Guid.NewGuid():N}");
        var content = await composer.ComposeTestAsync(key, to, cancel);
        var mail = new OutgoingMail(key, composer.EnvelopeTo(to, key), content, new Receipt(connector, Confirmed: false));
        return Told(await transport.SendAsync(mail, cancel));
    }

    private static CheckFinding Told(Outcome outcome) => outcome switch
    {
        Outcome.Delivered(var receipt) => new(
            CheckLevel.Ok, Subject, $"{(receipt.Confirmed ? "Written as" : "Taken by the server:")} {receipt.FileId}. Whether it arrives shows in the mailbox."),
        Outcome.Deferred(var fault, _, _) => Problem(fault),
        Outcome.Halted(var fault, _) => Problem(fault),
        Outcome.Refused(var fault) => Problem(fault),
        Outcome.InDoubt(var fault) => new(CheckLevel.Warning, Subject, $"{fault.Message} It may have arrived.", "Look into the mailbox, and check again."),
        _ => throw new InvalidOperationException($"A test mail does not end as {outcome.GetType().Name}."),
    };

    private static CheckFinding Problem(Fault fault) => new(CheckLevel.Problem, Subject, $"Not sent: {fault.Message}", fault.Reason.WhatToDo);
}

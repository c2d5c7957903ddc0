namespace CrmSync.Core.Deliveries;

/// <summary>
/// What a connector may offer besides its own work: to look into its CRM for a mail. A mail server cannot be asked what became of a mail;
/// the CRM that reads the mailbox can, where it has an API.
/// </summary>
/// <remarks>Connectors do not know each other: the settings name the witness, and the host hands it over.</remarks>
public interface IMailWitness
{
    /// <summary>Looks for mails that may have arrived. Read-only. One answer each, in order; throws only for our own bugs.</summary>
    Task<IReadOnlyList<ProbeAnswer>> LookForAsync(IReadOnlyList<SentMail> mails, CancellationToken cancel);
}

/// <summary>A mail, by what it can be recognised by.</summary>
/// <param name="MessageId">With angle brackets; also in the last line of the mail's text, for relays that change the header's.</param>
/// <param name="Parcel">What it carried: the session that names the ticket, and the file whose name holds the delivery's marker.</param>
public sealed record SentMail(string MessageId, Parcel Parcel);

/// <summary>The witness among the configured connectors; null when none of that name can look for mails.</summary>
public delegate IMailWitness? FindMailWitness(string connector);

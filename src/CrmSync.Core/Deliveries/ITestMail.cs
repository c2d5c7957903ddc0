namespace CrmSync.Core.Deliveries;

/// <summary>What a connector that sends mail may offer: to send one that belongs to no session, so that an admin sees it arrive.</summary>
public interface ITestMail
{
    /// <summary>Sends one mail to <paramref name="address"/>, made and signed like those with notes. Throws only for our own bugs.</summary>
    Task<CheckFinding> SendTestMailAsync(string address, CancellationToken cancel);
}

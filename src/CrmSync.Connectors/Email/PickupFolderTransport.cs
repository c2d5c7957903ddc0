using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Email;

/// <summary>Writes each mail as one <c>.eml</c> file, named by its delivery key: complete or not at all, and never twice.</summary>
internal sealed class PickupFolderTransport(string folder) : IMailTransport
{
    // ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL; ENOSPC, EDQUOT.
    private static readonly int[] Full = [unchecked((int)0x80070027), unchecked((int)0x80070070), 28, 122];

    public async Task<Outcome> SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        var receipt = mail.Receipt with { FileId = NameOf(mail.Key), Confirmed = true };
        if (NameOfHeld(mail.Key) is not null)
        {
            return new Outcome.AlreadyDelivered(receipt);
        }

        var temporary = Path.Combine(folder, $".{mail.Key.Marker}-{Path.GetRandomFileName()}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            await WriteAsync(mail, temporary, cancel);
            File.Move(temporary, PathOf(mail.Key), overwrite: false);
            return new Outcome.Delivered(receipt);
        }
        catch (IOException) when (NameOfHeld(mail.Key) is not null)
        {
            // Another worker that believed to hold the claim was quicker.
            return new Outcome.AlreadyDelivered(receipt);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Outcome.Halted(Fault(e));
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    public string? NameOfHeld(DeliveryKey key) => File.Exists(PathOf(key)) ? NameOf(key) : null;

    public async Task<IReadOnlyList<CheckFinding>> CheckAsync(CancellationToken cancel)
    {
        var trial = Path.Combine(folder, $".crmsync-check-{Path.GetRandomFileName()}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(trial, [], cancel);
            File.Delete(trial);
            return [new CheckFinding(CheckLevel.Ok, "Pickup folder", $"{Path.GetFullPath(folder)} can be written.")];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return
            [
                new CheckFinding(
                    CheckLevel.Problem, "Pickup folder", $"{Path.GetFullPath(folder)} cannot be written ({e.GetType().Name}).",
                    "Make the folder, or let the worker's account write into it."),
            ];
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // On disk before it has its name: after a power cut there is no .eml file with a hole in it.
    private static async Task WriteAsync(OutgoingMail mail, string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await mail.Content.WriteToAsync(file, cancel);
        file.Flush(flushToDisk: true);
    }

    private string PathOf(DeliveryKey key) => Path.Combine(folder, NameOf(key));

    private static string NameOf(DeliveryKey key) => $"{key.Value}.eml";

    private static Fault Fault(Exception e) => e switch
    {
        UnauthorizedAccessException => new(ReasonCodes.PermissionMissing, "The pickup folder cannot be written."),
        _ when Full.Contains(e.HResult) => new(ReasonCodes.StorageFull, "The pickup folder's disk is full."),
        _ => new(ReasonCodes.CrmUnavailable, "The pickup folder cannot be used.", e.GetType().Name),
    };
}

namespace CrmSync.Mail.Mime;

/// <summary>A serialised mail that can be written any number of times, each time the same octets, all below 128.</summary>
public interface IMailContent
{
    /// <summary>Octets as they lie in a file, before dot-stuffing.</summary>
    long Size { get; }

    ValueTask WriteToAsync(Stream output, CancellationToken cancel);
}

namespace CrmSync.Mail.Mime;

/// <summary>A sink that only counts.</summary>
internal sealed class CountingStream : WriteOnlyStream
{
    public long Written { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer) => Written += buffer.Length;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Written += buffer.Length;
        return ValueTask.CompletedTask;
    }
}

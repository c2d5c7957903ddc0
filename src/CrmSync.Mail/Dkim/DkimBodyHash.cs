using System.Buffers;
using System.Security.Cryptography;
using CrmSync.Mail.Mime;

namespace CrmSync.Mail.Dkim;

/// <summary>A sink that counts what is written and hashes it in DKIM's relaxed body form (RFC 6376 section 3.4.4).</summary>
internal sealed class DkimBodyHash : WriteOnlyStream
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("\r\n \t"u8);

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _out = new byte[8192];
    private int _filled;
    private int _emptyLines;
    private bool _space;
    private bool _any;

    /// <summary>Octets written, not canonicalised.</summary>
    public long Written { get; private set; }

    /// <summary>The SHA-256 of the canonical body.</summary>
    public byte[] Finish()
    {
        if (_any)
        {
            Put((byte)'\r');
            Put((byte)'\n');
        }

        _hash.AppendData(_out, 0, _filled);
        _filled = 0;
        return _hash.GetHashAndReset();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Written += buffer.Length;
        while (!buffer.IsEmpty)
        {
            // Between what the relaxed form looks at, octets are taken as they are.
            var plain = buffer.IndexOfAny(Special);
            plain = plain < 0 ? buffer.Length : plain;
            AddPlain(buffer[..plain]);
            if (plain < buffer.Length)
            {
                Add(buffer[plain++]);
            }

            buffer = buffer[plain..];
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }

    private void Add(byte octet)
    {
        switch (octet)
        {
            case (byte)'\r':
                break;
            case (byte)'\n':
                _emptyLines++;
                _space = false;
                break;
            default:
                _space = true;
                break;
        }
    }

    private void AddPlain(ReadOnlySpan<byte> octets)
    {
        if (octets.IsEmpty)
        {
            return;
        }

        EndLines();
        if (_space)
        {
            Put((byte)' ');
            _space = false;
        }

        _any = true;
        for (var part = octets; !part.IsEmpty;)
        {
            var fits = Math.Min(part.Length, _out.Length - _filled);
            part[..fits].CopyTo(_out.AsSpan(_filled));
            _filled += fits;
            part = part[fits..];
            Drain();
        }
    }

    // Line ends are held back until something follows: empty lines at the end do not count.
    private void EndLines()
    {
        for (; _emptyLines > 0; _emptyLines--)
        {
            Put((byte)'\r');
            Put((byte)'\n');
        }
    }

    private void Put(byte octet)
    {
        _out[_filled++] = octet;
        Drain();
    }

    private void Drain()
    {
        if (_filled == _out.Length)
        {
            _hash.AppendData(_out);
            _filled = 0;
        }
    }
}

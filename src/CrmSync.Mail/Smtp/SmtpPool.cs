namespace CrmSync.Mail.Smtp;

/// <summary>Bounds how many connections are open, and keeps those that are good for another mail.</summary>
internal sealed class SmtpPool(SmtpOptions options, TimeProvider clock) : IAsyncDisposable
{
    private readonly SemaphoreSlim _places = new(options.ConnectionsMax);
    private readonly Lock _gate = new();
    private readonly Stack<SmtpSession> _idle = new();
    private bool _disposed;

    public Task EnterAsync(CancellationToken cancel) => _places.WaitAsync(cancel);

    public void Leave() => _places.Release();

    /// <summary>The connection used last, while it is fresh; null to make a new one.</summary>
    public SmtpSession? TakeIdle()
    {
        lock (_gate)
        {
            while (_idle.TryPop(out var session))
            {
                if (clock.GetElapsedTime(session.LastUsed) < options.IdleMax)
                {
                    return session;
                }

                _ = session.QuitAsync();
            }

            return null;
        }
    }

    public async Task KeepAsync(SmtpSession session)
    {
        session.LastUsed = clock.GetTimestamp();
        if (session.IsClosing)
        {
            await session.DisposeAsync();
            return;
        }

        if (session.Mails < options.MailsPerConnectionMax && TryPush(session))
        {
            return;
        }

        await session.QuitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        SmtpSession[] left;
        lock (_gate)
        {
            _disposed = true;
            left = [.. _idle];
            _idle.Clear();
        }

        foreach (var session in left)
        {
            await session.QuitAsync();
        }

        _places.Dispose();
    }

    private bool TryPush(SmtpSession session)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _idle.Push(session);
            }

            return !_disposed;
        }
    }
}

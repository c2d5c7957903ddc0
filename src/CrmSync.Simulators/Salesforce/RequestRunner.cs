namespace CrmSync.Simulators.Salesforce;

/// <summary>
/// Runs one request against the tables. Where another transaction holds a row, everything is undone, and the request waits and runs again:
/// the outcome is that of waiting in the middle, and no thread stands still. A scripted refusal (<c>DML</c>) that an undone attempt met is spent.
/// </summary>
internal sealed class RequestRunner(Org org, RestApi api)
{
    /// <param name="open">
    /// How long the transaction stays open and holds its rows before it ends. It goes on when the client has hung up, as Salesforce does.
    /// </param>
    /// <param name="cancel">The simulator's end, not the client's.</param>
    public async Task<ApiAnswer> RunAsync(ApiRequest request, TimeSpan open, CancellationToken cancel)
    {
        var session = new LockSession(org.Locks, org.Clock);
        if (open <= TimeSpan.Zero)
        {
            return await AttemptAsync(request, session, keeps: true, cancel);
        }

        await AttemptAsync(request, session, keeps: false, cancel);
        try
        {
            await Task.Delay(open, org.Clock, cancel);
            return await AttemptAsync(request, session, keeps: true, cancel);
        }
        finally
        {
            session.Release();
        }
    }

    private async Task<ApiAnswer> AttemptAsync(ApiRequest request, LockSession session, bool keeps, CancellationToken cancel)
    {
        ApiAnswer? answer;
        while ((answer = Attempt(request, session, keeps)) is null)
        {
            await session.WaitAsync(cancel);
        }

        return answer;
    }

    /// <param name="keeps">False: only the locks remain.</param>
    private ApiAnswer? Attempt(ApiRequest request, LockSession session, bool keeps)
    {
        using var transaction = org.Begin();
        org.Session = session;
        try
        {
            var answer = api.Answer(request);
            if (keeps)
            {
                transaction.Commit();
            }
            else
            {
                session.Hold();
            }

            return answer;
        }
        catch (RowHeldException)
        {
            return null;
        }
        finally
        {
            org.Session = null;
        }
    }
}

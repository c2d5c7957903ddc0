using Microsoft.Data.Sqlite;

namespace CrmSync.Ledger.Sqlite;

/// <summary>A piece of work that waits for the writer, and is answered once the commit it became part of is on disk.</summary>
internal abstract class PendingWrite(CancellationToken cancel)
{
    private const string Savepoint = "one";

    /// <summary>Of whoever asked for the work.</summary>
    public CancellationToken Cancel => cancel;

    /// <summary>Answered, or failed.</summary>
    public abstract bool IsDone { get; }

    /// <summary>Does the work as the transaction's only one; whatever goes wrong undoes the transaction.</summary>
    public Task RunAloneAsync(KeptStatements connection, SqliteTransaction transaction, CancellationToken cancel) =>
        DoAsync(new LedgerTransaction(connection, transaction, cancel));

    /// <summary>
    /// Does the work beside others: a mistake of its own undoes its own part only, and is told to whoever asked for it. Trouble with the
    /// ledger is thrown, for it is everybody's.
    /// </summary>
    public async Task RunBesideAsync(
        KeptStatements connection, SqliteTransaction transaction, Func<SqliteException, bool> isTrouble, CancellationToken cancel)
    {
        await transaction.SaveAsync(Savepoint, CancellationToken.None);
        try
        {
            await DoAsync(new LedgerTransaction(connection, transaction, cancel));
        }
        catch (Exception e) when (e is not SqliteException sqlite || !isTrouble(sqlite))
        {
            await transaction.RollbackAsync(Savepoint, CancellationToken.None);
            Fail(e);
        }

        await transaction.ReleaseAsync(Savepoint, CancellationToken.None);
    }

    /// <summary>The commit is on disk.</summary>
    public abstract void Answer();

    /// <summary>Nothing of it was written.</summary>
    public abstract void Fail(Exception exception);

    protected abstract Task DoAsync(LedgerTransaction transaction);
}

/// <inheritdoc/>
internal sealed class PendingWrite<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancel) : PendingWrite(cancel)
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Answered => _answer.Task;

    public override bool IsDone => _answer.Task.IsCompleted;

    public override void Answer() => _answer.TrySetResult(_result!);

    public override void Fail(Exception exception)
    {
        if (exception is OperationCanceledException cancelled)
        {
            _answer.TrySetCanceled(cancelled.CancellationToken);
        }
        else
        {
            _answer.TrySetException(exception);
        }
    }

    protected override async Task DoAsync(LedgerTransaction transaction) => _result = await work(transaction);
}

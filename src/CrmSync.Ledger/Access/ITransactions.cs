namespace CrmSync.Ledger.Access;

/// <summary>A store's transactions, for what is kept beside the ledger in SQL that every store understands.</summary>
internal interface ITransactions
{
    /// <summary>Runs <paramref name="work"/> on one snapshot.</summary>
    Task<T> ReadAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancel);

    /// <summary>Runs <paramref name="work"/> in one transaction, which is on disk when this returns.</summary>
    Task<T> WriteAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancel);
}

/// <summary>A ledger that lends its database.</summary>
internal interface ILendsTransactions
{
    /// <summary>Once the ledger is open.</summary>
    ITransactions Transactions { get; }
}

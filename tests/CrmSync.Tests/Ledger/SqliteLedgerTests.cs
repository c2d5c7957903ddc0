using CrmSync.Core.Deliveries;
using CrmSync.Ledger;
using CrmSync.Ledger.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Tests.Ledger;

public sealed class SqliteLedgerTests : LedgerContract
{
    private readonly ScratchFolder _folder = new();

    protected override LedgerOptions Options => new() { Path = _folder.Database };

    protected override ILedger Create() =>
        new SqliteLedger(Options, Clock, NullLogger<SqliteLedger>.Instance);

    protected override ValueTask CleanAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

using CrmSync.Core.Deliveries;
using CrmSync.Ledger;
using CrmSync.Ledger.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Tests.Ledger;

public sealed class SqliteLedgerTests : LedgerContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crmsync-ledger-").FullName;

    protected override ILedger Create() =>
        new SqliteLedger(new LedgerOptions { Path = Path.Combine(_folder, "crmsync.db") }, Clock, NullLogger<SqliteLedger>.Instance);

    protected override void Clean() => Directory.Delete(_folder, recursive: true);
}
